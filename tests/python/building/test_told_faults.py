"""What a failed test tells of its rows is in the message of a build and of a refresh."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from support.demo_project import Demo, make_demo, make_project
from support.project_files import ROOT
from support.running import health

PROPERTIES = """
models:
  - name: dim_demo
    data_tests:
      - no_nulls:
          arguments: {columns: [demo_id, demo_name]}
    columns:
      - name: demo_id
        data_type: integer
      - name: demo_name
        data_type: varchar
"""
MODEL = "select 1 as demo_id, cast(null as varchar) as demo_name\n"
# Put together in the database, as the value of a row is: no file of the project holds it.
LEDGER = """
select 'decisions.overrides, row ' || name || ': by ''' || name || ''' or ' || address as told
from (select 'Ja' || 'ne' as name, 'jan' || 'e' || chr(64) || 'example.com' as address) as ledger
where (select count(*) from {{ ref('dim_first') }}) > 0
"""
DAY = ("--as-of", "2026-01-31")


def told_after_a_run(project: Path) -> None:
    """What the project itself does after a run, in a project that leaves it out."""
    path = project / "dbt_project.yml"
    configuration = yaml.safe_load(path.read_text(encoding="utf-8"))
    own = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    configuration["on-run-end"] = own["on-run-end"]
    path.write_text(yaml.safe_dump(configuration), encoding="utf-8")


def test_a_failed_build_says_what_the_test_told(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    told_after_a_run(project)
    (project / "tests" / "generic").mkdir(parents=True)
    shutil.copy(ROOT / "tests/generic/no_nulls.sql", project / "tests/generic")
    (project / "models/core/dim_demo.sql").write_text(MODEL, encoding="utf-8")
    (project / "models/core/dim_demo.yml").write_text(PROPERTIES, encoding="utf-8")
    refused = health(
        "build",
        project_dir=project,
        db=tmp_path / "health.duckdb",
        raw_dir=tmp_path / "raw",
        derived_dir=tmp_path / "derived",
    )
    assert refused.exit_code == 1, refused.output
    assert "Got 1 result" in refused.stderr
    assert "\n  demo_name has no value in this many rows: 1\n" in refused.stderr
    assert "demo_id has no value" not in refused.stderr


@pytest.fixture
def demo(tmp_path: Path) -> Demo:
    """A project for refreshes with a test that tells the row of a table from outside."""
    demo = make_demo(tmp_path)
    told_after_a_run(demo.project_dir)
    (demo.project_dir / "tests").mkdir(exist_ok=True)
    (demo.project_dir / "tests" / "ledger_is_whole.sql").write_text(LEDGER, encoding="utf-8")
    return demo


def test_a_refresh_says_it_without_the_row_of_another_system(demo: Demo) -> None:
    result = demo.run(*DAY, DEMO_STAMP="1")
    assert result.returncode == 1, result.stderr
    assert "test ledger_is_whole: Got" in result.stderr
    assert "\n  decisions.overrides, row …: by '…' or …\n" in result.stderr
    everything = result.stderr + json.dumps(demo.journal())
    for path in demo.state.glob("runs/*/**/*"):
        if path.is_file() and path.suffix in {".json", ".log"} and path.name != "manifest.json":
            everything += path.read_text(encoding="utf-8")
    assert "jane" not in everything.lower()
