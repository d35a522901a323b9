"""A locked build: what its SQL may reach, tried from inside one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from support.batteries import Counted
from support.small_project import Answer, SmallProject

SOURCES = """
version: 2
sources:
  - name: landed
    config: {meta: {folder: "{{ env_var('HEALTH_RAW_DIR') }}"}}
    tables: [{name: ok}]
  - name: log
    config: {meta: {external_location: "{{ env_var('INCIDENT_LOG') }}"}}
    tables: [{name: incidents}]
"""
# A view would be stored without being read.
TABLE = "{{ config(materialized='table') }}"
ALLOWED = {
    "landed_file": "select * from read_csv('{raw}/ok.csv')",
    "landed_list": "select * from glob('{raw}/**')",
    "declared_elsewhere": "select * from {{{{ source('log', 'incidents') }}}}",
    "allowed_by_environment": "select * from read_csv('{allowed}/ok.csv')",
    "seed_rows": "select * from {{{{ ref('numbers') }}}}",
    "clock": "select current_setting('TimeZone') as zone,"
    " cast(timestamptz '2025-06-01 12:00:00+00' as text) as noon",
    # More than the memory limit of this run holds.
    "spilled": "select md5(cast(range as text)) as word from range(3000000) order by word",
}  # fmt: skip
READS = {
    "read_etc": "read_text('/etc/hostname')",
    "read_environment": "read_blob('/proc/self/environ')",
    "read_secret": "read_csv('{outside}/secret.csv')",
    "read_traversal": "read_csv('{raw}/../outside/secret.csv')",
    "read_symlink": "read_csv('{raw}/escape/secret.csv')",
    "read_glob_traversal": "read_csv('{raw}/*/../../outside/secret.csv')",
    "read_bare_path": "'{outside}/secret.csv'",
    "list_etc": "glob('/etc/*')",
    "list_parent": "glob('{raw}/../*')",
    "list_symlink": "glob('{raw}/escape/*')",
    "read_project": "read_text('{project}/profiles.yml')",
    "read_https": "read_csv('https://127.0.0.1:9/a.csv')",
    "read_http_path": "'http://127.0.0.1:9/a.parquet'",
    "read_s3": "read_parquet('s3://bucket/a.parquet')",
    "sniff": "sniff_csv('{outside}/secret.csv')",
    "parquet_footer": "parquet_metadata('{outside}/secret.parquet')",
}
STATEMENTS = {
    "write_outside": "copy (select 1) to '{outside}/written.csv'",
    "write_traversal": "copy (select 1) to '{raw}/../outside/written.csv'",
    "write_symlink": "copy (select 1) to '{raw}/escape/written.csv'",
    "write_device": "copy (select 1) to '/dev/stdout'",
    "write_beside_database": "copy (select 1) to '{database}/written.csv'",
    "export_all": "export database '{outside}/written'",
    "import_all": "import database '{outside}'",
    "attach_outside": "attach '{outside}/other.duckdb' as other",
    "attach_beside": "attach '{database}/other.duckdb' as other",
    "install": "install httpfs",
    "install_community": "install h3 from community",
    "load": "load httpfs",
    "load_file": "load '{outside}/x.duckdb_extension'",
    "secret": "create persistent secret stolen (type s3)",
    "unlock": "set lock_configuration = false",
    "reset_lock": "reset lock_configuration",
    "open_access": "set enable_external_access = true",
    "open_folder": "set allowed_directories = ['/']",
    "open_extensions": "set allow_unsigned_extensions = true",
    "change_clock": "set TimeZone = 'Asia/Kolkata'",
    "profile_output": "set profiling_output = '{outside}/written.json'",
    "home": "set home_directory = '{outside}'",
}
REFUSALS = (
    "file system operations are disabled",
    "the configuration has been locked",
    "extensions is disabled",
    "Secret Storage",
    "not be autoloaded",
    "disabled by configuration",
)

COUNTED = Counted(
    "attacks from inside a locked build", len(READS) + len(STATEMENTS), 30, "none reached anything"
)
pytestmark = pytest.mark.battery


@dataclass(frozen=True)
class LockedRun:
    """One run from inside which everything was tried, and one more after it."""

    first: Answer
    second: Answer
    with_settings: Answer
    outside: Path
    database: Path
    places: dict[str, str]


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> LockedRun:
    project = SmallProject(tmp_path_factory.mktemp("lock"))
    outside, allowed = project.folder / "outside", project.folder / "it's allowed"
    log = project.folder / "log" / "incidents.csv"
    for folder in (outside, allowed, log.parent):
        folder.mkdir()
    for file in (outside / "secret.csv", allowed / "ok.csv", log, project.raw_dir / "ok.csv"):
        file.write_text("a,b\n1,2\n")
    duckdb.execute(f"copy (select 1 as a) to '{outside}/secret.parquet'")
    (project.raw_dir / "escape").symlink_to(outside)
    places = {
        "raw": str(project.raw_dir),
        "outside": str(outside),
        "project": str(project.project),
        "database": str(project.database.parent),
        "allowed": str(allowed).replace("'", "''"),
    }
    project.write("models/sources.yml", SOURCES)
    project.write("seeds/numbers.csv", "number\n1\n2\n")
    for name, sql in ALLOWED.items():
        project.write(f"models/{name}.sql", TABLE + sql.format(**places))
    for name, sql in READS.items():
        project.write(f"models/{name}.sql", f"{TABLE}select * from {sql.format(**places)}")
    for name, sql in STATEMENTS.items():
        hook = sql.format(**places).replace('"', '\\"')
        project.write(f"models/{name}.sql", f'{{{{ config(pre_hook="{hook}") }}}} select 1 as a')
    profile = (project.project / "profiles.yml").read_text()
    project.write("other/profiles.yml", profile + "      settings: {threads: 1}\n")
    environment = {
        "INCIDENT_LOG": str(log),
        "HEALTH_ALLOWED_DIRS": f"{allowed}:{project.folder}/missing",
        "TZ": "Asia/Kolkata",
        "HEALTH_MEMORY_LIMIT": "100MB",
    }
    first, second, with_settings = project.dbt(
        (["build"], environment),
        (["run", "--select", "landed_file"], environment),
        (
            ["run", "--select", "landed_file", "--profiles-dir", "other"],
            environment | {"HEALTH_DB": str(project.folder / "other.duckdb")},
        ),
    )
    return LockedRun(first, second, with_settings, outside, project.database, places)


def test_a_build_reads_its_sources_and_seeds(locked: LockedRun) -> None:
    faults = {name: locked.first.messages.get(name) for name in ALLOWED}
    assert {locked.first.statuses.get(name) for name in ALLOWED} == {"success"}, faults
    with duckdb.connect(str(locked.database), read_only=True) as connection:
        rows = connection.execute("select * from main.clock").fetchall()
        assert rows == [("UTC", "2025-06-01 12:00:00+00")]
        files = connection.execute("select count(*) from main.landed_list").fetchone()
        assert files == (1,), "a symbolic link was followed"


@pytest.mark.parametrize("name", [*READS, *STATEMENTS])
def test_nothing_else_is_reached(locked: LockedRun, name: str) -> None:
    message = locked.first.messages[name]
    assert locked.first.statuses[name] == "error", f"{name} was allowed"
    assert any(refusal in message for refusal in REFUSALS), message


def test_nothing_was_written(locked: LockedRun) -> None:
    assert sorted(path.name for path in locked.outside.iterdir()) == [
        "secret.csv",
        "secret.parquet",
    ]
    assert {path.name for path in locked.database.parent.iterdir()} <= {
        "health.duckdb",
        "health.duckdb.wal",
    }


def test_a_second_run_of_the_process_finds_it_locked(locked: LockedRun) -> None:
    assert locked.second.statuses["landed_file"] == "success", locked.second.messages


def test_settings_of_a_profile_are_refused_in_words(locked: LockedRun) -> None:
    assert not locked.with_settings.success
    said = locked.with_settings.error + locked.with_settings.output
    assert "Write them under `config_options`" in said + str(locked.with_settings.messages)
