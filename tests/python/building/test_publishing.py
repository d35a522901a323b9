"""`health build` on a project of one model: published in one step, or nothing changed."""

import fcntl
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from support.demo_project import make_project
from support.project_files import ROOT
from support.running import health, health_process

from scripts.lib.building import carries_state, publish
from scripts.lib.settings import Settings

GOOD = "select 1 as demo_id"
PROPERTIES = """
models:
  - name: dim_demo
    columns:
      - name: demo_id
        data_type: integer
        data_tests: [not_null]
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scoring model's seeds and one model."""
    folder = make_project(tmp_path_factory.mktemp("project"))
    (folder / "models" / "core" / "dim_demo.yml").write_text(PROPERTIES, encoding="utf-8")
    return folder


@pytest.fixture
def places(project: Path, tmp_path: Path) -> Iterator[dict[str, Path]]:
    """The project with its good model, and a database of its own."""
    write_model(project, GOOD)
    yield {
        "project_dir": project,
        "db": tmp_path / "data" / "health.duckdb",
        "raw_dir": tmp_path / "raw",
        "derived_dir": tmp_path / "derived",
    }


def write_model(project: Path, sql: str) -> None:
    (project / "models" / "core" / "dim_demo.sql").write_text(sql + "\n", encoding="utf-8")


def demo_ids(database: Path) -> list[object]:
    with duckdb.connect(str(database), read_only=True) as connection:
        return [
            row[0] for row in connection.execute("select demo_id from core.dim_demo").fetchall()
        ]


def test_good_then_broken_then_good_again(places: dict[str, Path]) -> None:
    """A failing test, a failing model and a broken reference leave the last good build alone."""
    project, database = places["project_dir"], places["db"]

    built = health("build", "--json", **places)
    assert built.exit_code == 0, built.output
    assert json.loads(built.stdout)["counts"]["model"] == 1
    assert demo_ids(database) == [1]
    assert not (database.parent / "building" / database.name).exists()
    before = database.read_bytes()

    for sql, code, message in (
        ("select cast(null as integer) as demo_id", 1, "not_null_dim_demo_demo_id"),
        ("select missing_column as demo_id", 1, "missing_column"),
        ("select * from {{ ref('dim_nowhere') }}", 2, "dim_nowhere"),
    ):
        write_model(project, sql)
        refused = health("build", **places)
        assert refused.exit_code == code, refused.output
        assert message in refused.stderr
        assert "last good build is unchanged" in refused.stderr
        assert database.read_bytes() == before

    write_model(project, "select 2 as demo_id")
    again = health_process("build", **places)
    assert again.returncode == 0, again.stderr
    assert "1 models" in again.stdout
    assert demo_ids(database) == [2]


def test_a_selection_that_matches_nothing_is_an_error(places: dict[str, Path]) -> None:
    result = health("build", "--select", "nonexistent", **places)
    assert result.exit_code == 2
    assert "matches nothing" in result.stderr
    assert not places["db"].exists()


def test_two_builds_at_once(places: dict[str, Path]) -> None:
    folder = places["db"].parent / "building"
    folder.mkdir(parents=True)
    with open(folder / ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = health("build", **places)
    assert result.exit_code == 75
    assert "Another build" in result.stderr


def test_a_broken_scoring_model_stops_before_dbt(places: dict[str, Path]) -> None:
    path = places["project_dir"] / "seeds" / "scoring_model" / "objective_weights.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("v1,retention,usage,0.3", "v1,retention,usage,0.9"), "utf-8")
    try:
        result = health("build", **places)
    finally:
        path.write_text(text, encoding="utf-8")
    assert result.exit_code == 2
    assert "objective_weights.csv" in result.stderr
    assert "sum to 1.6 and not to 1" in result.stderr


@pytest.mark.parametrize("date", ["tomorrow", "2025-02-30", "2025-12-31'; drop table x; --"])
def test_only_dates_reach_dbt(places: dict[str, Path], date: str) -> None:
    result = health("build", "--as-of", date, **places)
    assert result.exit_code == 2
    assert "must be a date" in result.stderr


def test_a_folder_that_cannot_be_written(places: dict[str, Path], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    result = health("build", **{**places, "db": tmp_path / "file" / "health.duckdb"})
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_publishing_drops_a_stale_log_and_keeps_open_readers(tmp_path: Path) -> None:
    settings = Settings(ROOT, tmp_path / "health.duckdb", tmp_path, tmp_path, None)
    settings.building.parent.mkdir()
    for path, number in ((settings.database, 1), (settings.building, 2)):
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"create table t as select {number} as x")
    stale = settings.database.with_name("health.duckdb.wal")
    stale.write_bytes(b"left by a crash")
    publish(settings)
    assert not stale.exists()
    with duckdb.connect(str(settings.database), read_only=True) as connection:
        assert connection.execute("select x from t").fetchone() == (2,)


def test_state_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    model = tmp_path / "models" / "fct_demo.sql"
    model.write_text("{{ config(materialized='table') }} select 1", encoding="utf-8")
    assert not carries_state(tmp_path)
    model.write_text("{{ config(materialized='incremental') }} select 1", encoding="utf-8")
    assert carries_state(tmp_path)
