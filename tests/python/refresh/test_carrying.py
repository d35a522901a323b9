"""What a run may go on from, and what has landed since."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import polars as pl
import pytest
from support.project_files import ROOT

from scripts.lib.gate.first_loads import COLUMNS, keep_first_loads
from scripts.lib.refresh.carrying import (
    Change,
    Part,
    can_carry,
    changes,
    note_landing,
    project_fingerprint,
)

TABLE = ("product_events", "tracks")
OLD = Part(*TABLE, "tracks/1.parquet", "a", {"2025-01-05": (3, 11), "2025-01-06": (2, 7)})


def part(file: str, sha256: str, loaded: dt.date | None = None, **days: tuple[int, int]) -> Part:
    return Part(*TABLE, file, sha256, {day.strip("_"): rows for day, rows in days.items()}, loaded)


def only(before: list[Part], after: list[Part]) -> Change:
    found = changes(before, after)
    assert len(found) == 1
    return found[0]


def test_the_same_files_are_no_change() -> None:
    assert changes([OLD], [OLD]) == []


def test_a_new_file_concerns_the_days_since_its_first_load() -> None:
    new = part("tracks/2.parquet", "b", dt.date(2025, 2, 3), **{"2024-06-01": (1, 5)})
    found = only([OLD], [OLD, new])
    assert found == Change(*TABLE, dt.date(2025, 2, 2), ("tracks/2.parquet",), only_added=True)


def test_a_new_file_without_clocks_concerns_every_day() -> None:
    assert only([OLD], [OLD, part("tracks/2.parquet", "b")]).changed_from is None


def test_a_file_written_again_concerns_the_days_whose_rows_differ() -> None:
    again = part("tracks/1.parquet", "b", **{"2025-01-05": (3, 11), "2025-01-06": (2, 8)})
    found = only([OLD], [again])
    assert (found.changed_from, found.only_added) == (dt.date(2025, 1, 5), False)


def test_a_lost_file_concerns_its_days() -> None:
    kept = part("tracks/2.parquet", "b", **{"2025-03-01": (1, 1)})
    assert only([OLD, kept], [kept]).changed_from == dt.date(2025, 1, 4)


def test_the_same_rows_in_other_files_concern_no_known_day() -> None:
    joined = Part(*TABLE, "tracks.parquet", "c", OLD.days)
    assert only([OLD], [joined]).changed_from is None


def test_rows_without_a_day_concern_every_day() -> None:
    undated = Part(*TABLE, "tracks/1.parquet", "b", {"": (1, 1), **OLD.days})
    assert only([OLD], [undated]).changed_from is None


def test_the_clone_remembers_what_it_is_built_from(tmp_path: Path) -> None:
    database = tmp_path / "health.duckdb"
    assert [found.only_added for found in note_landing(database, "name", [OLD])] == [True]
    assert note_landing(database, "name", [OLD]) == []
    assert can_carry(database, "name")
    assert not can_carry(database, "another project")
    with duckdb.connect(str(database), read_only=True) as connection:
        query = "select source_table, file, sha256 from landing.files"
        assert connection.execute(query).fetchall() == [("tracks", "tracks/1.parquet", "a")]


def test_the_clone_remembers_what_else_staging_reads(tmp_path: Path) -> None:
    """Kept first loads by raw table, and who was erased: either may change while no file does."""
    database, derived = tmp_path / "health.duckdb", tmp_path / "derived"

    def noted() -> dict[str, str]:
        note_landing(database, "name", [OLD], derived)
        with duckdb.connect(str(database), read_only=True) as connection:
            return dict(connection.execute("select name, content from landing.derived").fetchall())

    assert noted() == {}
    found = [
        ("zendesk", "ticket", "a", dt.datetime(2025, 1, 5)),
        ("zendesk", "user", "a", dt.datetime(2025, 1, 5)),
    ]
    keep_first_loads(derived, "zendesk", pl.DataFrame(found, schema=COLUMNS, orient="row"))
    before = noted()
    assert set(before) == {"zendesk.ticket", "zendesk.user"}
    keep_first_loads(
        derived,
        "zendesk",
        pl.DataFrame([("zendesk", "ticket", "b", found[0][3])], schema=COLUMNS, orient="row"),
    )
    (derived / "erased_subjects.parquet").write_bytes(b"somebody")
    after = noted()
    assert set(after) == {"zendesk.ticket", "zendesk.user", "erased_subjects"}
    assert before["zendesk.ticket"] != after["zendesk.ticket"]
    assert before["zendesk.user"] == after["zendesk.user"]


def test_a_warehouse_that_says_nothing_is_not_carried_on(tmp_path: Path) -> None:
    assert not can_carry(tmp_path / "absent.duckdb", "name")
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    assert not can_carry(tmp_path / "other.duckdb", "name")


@pytest.mark.parametrize(
    "file",
    [
        "dbt_project.yml",
        "macros/engine/carrying/changes/row_hash.sql",
        "models/core/accounts/fct_account_spine.sql",
        "seeds/scoring_model/metrics.csv",
    ],
)
def test_any_change_of_the_project_has_another_name(tmp_path: Path, file: str) -> None:
    for folder in ("macros", "models", "seeds", "snapshots"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "dbt_project.yml", tmp_path)
    before = project_fingerprint(tmp_path, "key")
    assert project_fingerprint(ROOT, "key") == before
    assert project_fingerprint(tmp_path, "another key") != before
    with (tmp_path / file).open("a") as handle:
        handle.write(" ")
    assert project_fingerprint(tmp_path, "key") != before
