"""Places, file names, column names and values that try to be code, in one build of staging."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from support.batteries import Counted
from support.small_project import Answer, SmallProject
from support.staged import Staged, copy_slice, run_staging

SECRET = "canary-of-a-file-that-nobody-may-read"
VALUES = (
    "'; copy (select 1) to '{place}'; --",
    "' || (select content from read_text('{secret}')) || '",
    "\"; copy (select 1) to '{place}'; --",
    "{{{{ env_var('HOME') }}}}",
    "{{% do run_query(\"copy (select 1) to '{place}'\") %}}",
    "{{# comment #}}",
    "$(touch {place})",
    "read_text('{secret}')",
    "{secret}",
    "x' or '1' = '1",
    "\\'; select 1; --",
    "$$; copy (select 1) to '{place}'; $$",
    "%s%n%x",
    "--",
    "/* */",
    "\x1b]0;owned\x07",
)
COLUMNS = (
    "a\" as raw_1, (select content from read_text('{secret}')) as \"b",
    "a'; copy (select 1) to '{place}'; --",
    'a", (select 1) as "',
    "{{{{ env_var('HOME') }}}}",
    "a := 1, b",
    "select",
    "$(touch {place})",
)
FILES = (
    "account'); copy (select 1) to 'written.csv'; --.parquet",
    "contact.parquet'; copy (select 1) to 'written.csv'; --",
    "$(touch written).csv",
    "{{ env_var('HOME') }}.csv",
    "task;touch written.csv",
    "--.csv",
    'user".csv',
)
FOLDER = "raw'); copy (select 1) to 'written.csv'; -- \"x\" $(touch written)"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("landed")
    (folder / "secret").write_text(SECRET)
    return folder


def filled(texts: tuple[str, ...], home: Path) -> list[str]:
    return [text.format(place=home / "written", secret=home / "secret") for text in texts]


def written_files(home: Path) -> list[str]:
    """What a payload would have left behind, by any of the names that they write."""
    return [str(path) for path in home.rglob("*") if path.name in ("written", "written.csv")]


@pytest.fixture(scope="module")
def staged(home: Path) -> Staged:
    raw = home / FOLDER
    folder = raw / "salesforce"
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_text("id,name\n1,x\n")
    values = filled(VALUES, home)
    with (folder / "account.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        columns = ["id", "name", "type", "_fivetran_synced", *filled(COLUMNS, home)]
        writer.writerow(columns)
        for number, value in enumerate(values):
            row = [f"A{number}", value, "Customer", "2024-03-01", *[value] * len(COLUMNS)]
            writer.writerow(row)
        # A row without an id goes to quarantine with all that it holds.
        writer.writerow(["", values[0], values[1], "2024-03-01", *values[: len(COLUMNS)]])
    project, work = home / "project", home / "work"
    project.mkdir()
    work.mkdir()
    copy_slice(project)
    selection = ("stg_salesforce__account", "quarantine_salesforce")
    return run_staging(project, raw, work, (*selection, "--exclude-resource-type", "test"))


def test_values_stay_values(staged: Staged, home: Path) -> None:
    assert staged.exit_code == 0, staged.output
    rows = staged.rows("select account_id, account_name from staging.stg_salesforce__account")
    names = {str(row["account_id"]): row["account_name"] for row in rows}
    expected = [value.strip() for value in filled(VALUES, home)]
    assert [names[f"A{number}"] for number in range(len(VALUES))] == expected


def test_column_names_stay_names(staged: Staged, home: Path) -> None:
    row = staged.row(
        "select row_content, rejection_reason from staging.quarantine_salesforce"
        " where source_table = 'account'"
    )
    assert row["rejection_reason"] == "missing_key"
    for name in filled(COLUMNS, home):
        escaped = name.replace('"', '\\"')
        assert f'"{escaped}":' in str(row["row_content"]), name


def test_nothing_was_read_or_written(staged: Staged, home: Path) -> None:
    assert written_files(home) == []
    assert SECRET not in staged.output
    for path in [*home.rglob("*.duckdb*"), *home.rglob("*.log"), *home.rglob("target/**/*.sql")]:
        assert SECRET.encode() not in path.read_bytes(), path


ENVIRONMENT = {
    "memory": {"HEALTH_MEMORY_LIMIT": "1GB'; copy (select 1) to '{place}'; --"},
    "threads": {"HEALTH_THREADS": "2; {{{{ env_var('HOME') }}}}"},
    "target": {"HEALTH_TARGET": "{{{{ env_var('HOME') }}}}"},
    "database": {"HEALTH_DB": "{home}/x'; copy (select 1) to ''{place}''; --.duckdb"},
    "database_name": {"HEALTH_DB": "{home}/x\"; copy (select 1) to 'written'; --.duckdb"},
    "database_url": {"HEALTH_DB": "https://127.0.0.1:9/x.duckdb"},
    "spill": {"HEALTH_TEMP_DIR": "{home}/x'; copy (select 1) to ''written''; --"},
    "allowed": {"HEALTH_ALLOWED_DIRS": "x']; copy (select 1) to '{place}'; select ['"},
    "raw": {"HEALTH_RAW_DIR": "x']; copy (select 1) to '{place}'; select ['"},
    "raw_jinja": {"HEALTH_RAW_DIR": "{{{{ env_var('HOME') }}}}"},
    "derived": {"HEALTH_DERIVED_DIR": "x']; copy (select 1) to '{place}'; select ['"},
}
SOURCES = """
version: 2
sources:
  - name: landed
    config: {meta: {folder: "{{ env_var('HEALTH_RAW_DIR') }}/landed"}}
    tables: [{name: ok}]
  - name: derived
    config: {meta: {folder: "{{ env_var('HEALTH_DERIVED_DIR') }}"}}
    tables: [{name: ok}]
"""

COUNTED = Counted(
    "injection payloads: files, columns, values and places",
    len(FILES) + len(COLUMNS) + len(VALUES) + len(ENVIRONMENT),
    40,
    "none executed, nothing read or written",
)
pytestmark = pytest.mark.battery


@dataclass(frozen=True)
class Places:
    """What dbt said to each payload in the environment."""

    home: Path
    answers: dict[str, Answer]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    home = tmp_path_factory.mktemp("environment")
    project = SmallProject(home / "small")
    (home / "secret").write_text(SECRET)
    project.write("models/sources.yml", SOURCES)
    project.write(
        "models/probe.sql",
        f"select * from read_text('{home / 'secret'}')",
    )
    calls = []
    for given in ENVIRONMENT.values():
        environment = {
            name: text.format(place=home / "written", home=home) for name, text in given.items()
        }
        calls.append((["run"], {"HEALTH_DB": str(home / "plain.duckdb")} | environment))
    return Places(home, dict(zip(ENVIRONMENT, project.dbt(*calls), strict=True)))


@pytest.mark.parametrize("name", ENVIRONMENT)
def test_a_place_is_never_code(places: Places, name: str) -> None:
    answer = places.answers[name]
    # Either the place is refused, or it is a place; the model fails in any case on the lock.
    assert not answer.success
    assert SECRET not in answer.output + answer.error + str(answer.messages)
    probe = answer.messages.get("probe", "file system operations are disabled")
    assert "file system operations are disabled" in probe or "Catalog" in probe, probe
    assert written_files(places.home) == []


def test_the_canary_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    duckdb.execute(f"copy (select 1) to '{tmp_path / 'written'}'")
    assert written_files(tmp_path)
