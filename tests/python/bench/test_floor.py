"""The floor of the benchmark gives the build's numbers, or its cost would mean nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.building import World
from support.project_files import ROOT

from scripts.lib.bench import floor_run, floor_steps, report
from scripts.lib.bench.compare import Agreement, compare
from scripts.lib.bench.floor_script import floor_statements


@pytest.mark.build
def test_the_floor_agrees_with_the_build(world: World, tmp_path: Path) -> None:
    script, log = tmp_path / "floor.json", tmp_path / "log.json"
    statements = floor_statements(ROOT, world.target, world.database)
    script.write_text(json.dumps(statements), encoding="utf-8")
    floor_run.run(script, tmp_path / "floor.duckdb", log)
    agreements = compare(world.database, tmp_path / "floor.duckdb")
    assert len({found.column.split()[0] for found in agreements}) == 45 + 9 + 4
    assert [found for found in agreements if found.equal < found.rows] == []


def test_names_of_a_select_list() -> None:
    select = """
    select distinct
        steps.account_id,
        coalesce(steps.a, steps.b) as total,
        case when steps.kind in ('x, y', 'z') then 1 end
            as is_known
    from steps
    """
    assert floor_steps._column_names(select) == ["account_id", "total", "is_known"]


def test_a_step_keeps_only_what_is_read() -> None:
    final = "final as (\n\n    select\n        a,\n        b\n    from x\n\n)"
    query = f"with\n\n{final}\n\nselect * from final"
    assert floor_steps._pruned(query, {"b", "other"}).endswith("select b from final")
    assert floor_steps._pruned(query, {"a", "b"}) == query


def test_a_step_that_is_read_twice_by_one_query_counts_twice() -> None:
    query = "with steps as (select * from temp.main.raw_steps) select 1 from steps left join steps"
    assert floor_steps._uses(query, "raw_steps") == 2


def test_the_page_keeps_its_words(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.write_page(page, "new")
    assert page.read_text(encoding="utf-8") == (
        f"before\n{report.BEGIN}\n\nnew\n\n{report.END}\nafter\n"
    )


def test_share_of_equal_rows() -> None:
    assert Agreement("U01 value", 4, 3).share == 0.75
    assert Agreement("U01 value", 0, 0).share == 0.0
