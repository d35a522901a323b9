"""What a run carries on from the warehouse of the run before, and what has landed since.

A warehouse is carried on only if the same project made it: models, macros, seeds, engine and key.
Its schema `landing` says which files it was built from, so the next run finds what came, went or
changed even if runs in between took files in and then failed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import duckdb

from scripts.lib.gate.intake import Accepted
from scripts.lib.gate.records import LandedFile, Partitions, TableProfile

VARIABLE = "HEALTH_CARRIED_DB"
# The one raw table that no model stores: its changes are read from its files.
UNSTORED = "product_events.tracks"
# Unit tests say the same whatever the data: they belong to the work on the project, not to a night.
ALWAYS_LEFT_OUT = ("unit_test",)
# What a carried build leaves out: its seeds are there.
LEFT_OUT = (*ALWAYS_LEFT_OUT, "seed")
SCHEMA = "landing"
PROJECT_FILES = (
    "dbt_project.yml",
    *(f"{folder}/**/*" for folder in ("macros", "models", "seeds", "snapshots")),
)
PACKAGES = ("dbt-core", "dbt-duckdb", "duckdb")
# A day in another time zone may begin or end this much earlier.
ZONE_DAYS = dt.timedelta(days=1)

TABLES = f"""
create schema if not exists {SCHEMA};
create or replace table {SCHEMA}.project (fingerprint varchar);
create or replace table {SCHEMA}.files (
    source_system varchar, source_table varchar, file varchar, sha256 varchar, days varchar
);
create or replace table {SCHEMA}.changed_tables (
    source_system varchar, source_table varchar, changed_from date, only_added boolean
);
create or replace table {SCHEMA}.added_files (
    source_system varchar, source_table varchar, file varchar
);
create or replace table {SCHEMA}.derived (name varchar, content varchar);
create or replace table {SCHEMA}.states (
    source_system varchar, source_table varchar, mode varchar
);
create or replace table {SCHEMA}.touched_files (
    source_system varchar, source_table varchar, file varchar
);
"""
# What staging reads beside a raw table, and that may change while the table's files do not.
FIRST_LOADS = "first_loads/*.parquet"
ERASED = "erased_subjects.parquet"


@dataclass(frozen=True)
class Part:
    """One landed file: what its bytes are, its rows by day, and when its first row was loaded."""

    system: str
    table: str
    file: str
    sha256: str
    days: Partitions = field(default_factory=dict)
    first_loaded: dt.date | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Equal for two parts only if their bytes are equal."""
        return self.system, self.table, self.file, self.sha256


@dataclass(frozen=True)
class Change:
    """What happened to one raw table between two builds."""

    system: str
    table: str
    changed_from: dt.date | None
    added: tuple[str, ...]
    only_added: bool


def project_fingerprint(root: Path, key_name: str) -> str:
    """A name for everything but the raw files that decides what a build makes.

    `key_name` stands for the key of personal data; with another key no hash can be compared.
    """
    total = hashlib.sha256()
    for package in PACKAGES:
        total.update(f"{package}=={version(package)}\n".encode())
    total.update(f"{key_name}\n".encode())
    files = {path for pattern in PROJECT_FILES for path in root.glob(pattern) if path.is_file()}
    for path in sorted(files):
        total.update(f"{path.relative_to(root).as_posix()}\n".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def can_carry(database: Path, fingerprint: str) -> bool:
    """Whether the warehouse was made by this project, so that a build may go on from it."""
    if not database.exists():
        return False
    with duckdb.connect(str(database), read_only=True) as connection:
        try:
            found = connection.execute(f"select fingerprint from {SCHEMA}.project").fetchone()
        except duckdb.CatalogException:
            return False
    return found == (fingerprint,)


def part_of(system: str, file: LandedFile, days: Partitions, profile: TableProfile | None) -> Part:
    """The part that a landed file and its profile make."""
    loaded = profile.min_loaded if profile else None
    first_loaded = dt.datetime.fromisoformat(loaded).date() if loaded else None
    return Part(system, file.table, file.relative, file.sha256, days, first_loaded)


def accepted_parts(systems: Iterable[Accepted]) -> list[Part]:
    """The files that the gate has taken in, and that the build reads."""
    parts = []
    for accepted in systems:
        for relative, file in accepted.files.items():
            days = accepted.partitions.get(relative, {})
            parts.append(part_of(accepted.system, file, days, accepted.profiles.get(relative)))
    return parts


def changes(before: list[Part], after: list[Part]) -> list[Change]:
    """The tables whose files differ, with the first day that can differ.

    New files concern the days since their first row was loaded; a file that went or was written
    again concerns the days whose rows differ. Without either, nothing says from when: None.
    """
    known, found = {part.key for part in before}, {part.key for part in after}
    gone = [part for part in before if part.key not in found]
    added = [part for part in after if part.key not in known]
    result = []
    for system, table in sorted({(part.system, part.table) for part in gone + added}):
        new = [part for part in added if (part.system, part.table) == (system, table)]
        old = [part for part in gone if (part.system, part.table) == (system, table)]
        result.append(
            Change(
                system,
                table,
                _first_day(old, new),
                tuple(sorted(part.file for part in new)),
                only_added=not old,
            )
        )
    return result


def _first_day(old: list[Part], new: list[Part]) -> dt.date | None:
    if not old:
        loads = [part.first_loaded for part in new]
        return None if None in loads else min(filter(None, loads)) - ZONE_DAYS
    days = differing_days(old, new)
    if "" in days or not days:
        return None
    return dt.date.fromisoformat(min(days)) - ZONE_DAYS


def differing_days(old: list[Part], new: list[Part]) -> set[str]:
    """The days on which the rows of the old files are not those of the new ones."""
    before, after = _rows_by_day(old), _rows_by_day(new)
    return {day for day in before.keys() | after.keys() if before.get(day) != after.get(day)}


def _rows_by_day(parts: list[Part]) -> dict[str, list[tuple[int, int]]]:
    days: dict[str, list[tuple[int, int]]] = {}
    for part in parts:
        for day, rows in part.days.items():
            days.setdefault(day, []).append((int(rows[0]), int(rows[1])))
    return {day: sorted(rows) for day, rows in days.items()}


def note_landing(
    building: Path, fingerprint: str, parts: list[Part], derived_dir: Path | None = None
) -> list[Change]:
    """Write into the clone what it is going to be built from, and how that differs from before."""
    with duckdb.connect(str(building)) as connection:
        found = changes(_noted_parts(connection), parts)
        connection.execute(TABLES)
        connection.execute(f"insert into {SCHEMA}.project values (?)", [fingerprint])
        _insert(
            connection,
            "files",
            [
                (part.system, part.table, part.file, part.sha256, json.dumps(part.days))
                for part in parts
            ],
        )
        _insert(
            connection,
            "changed_tables",
            [
                (change.system, change.table, change.changed_from or dt.date.min, change.only_added)
                for change in found
            ],
        )
        _insert(
            connection,
            "added_files",
            [(change.system, change.table, file) for change in found for file in change.added],
        )
        _insert(connection, "derived", derived_contents(connection, derived_dir))
    return found


def derived_contents(
    connection: duckdb.DuckDBPyConnection, derived_dir: Path | None
) -> list[tuple[object, ...]]:
    """A name for the kept first loads of each raw table, and for the list of erased people."""
    if derived_dir is None:
        return []
    rows: list[tuple[object, ...]] = []
    if any(derived_dir.glob(FIRST_LOADS)):
        rows += connection.execute(
            "select source_system || '.' || source_table,"
            " cast(sum(hash(row_key, first_loaded_at)) as varchar)"
            " from read_parquet(?) group by source_system, source_table",
            [str(derived_dir / FIRST_LOADS)],
        ).fetchall()
    erased = derived_dir / ERASED
    if erased.exists():
        rows.append(("erased_subjects", hashlib.sha256(erased.read_bytes()).hexdigest()))
    return rows


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[object, ...]]
) -> None:
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"insert into {SCHEMA}.{table} values ({marks})", rows)


def _noted_parts(connection: duckdb.DuckDBPyConnection) -> list[Part]:
    try:
        rows = connection.execute(
            f"select source_system, source_table, file, sha256, days from {SCHEMA}.files"
        ).fetchall()
    except duckdb.CatalogException:
        return []
    return [
        Part(system, table, file, sha256, {day: tuple(n) for day, n in json.loads(days).items()})
        for system, table, file, sha256, days in rows
    ]
