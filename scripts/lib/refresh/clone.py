"""The clone that a run builds in: a copy of the last published state, or an empty file."""

from __future__ import annotations

import shutil

import duckdb

from scripts.lib.console import HealthError
from scripts.lib.refresh.places import Places

# The clone beside the state, and the published version beside both.
COPIES = 2
# What sources have overwritten since; no rebuild from raw files could bring it back.
KEPT_SCHEMA = "snapshots"


def start_clone(places: Places, *, full_refresh: bool) -> bool:
    """Lay out the file to build in; returns whether it carries the state of an earlier run."""
    building = places.building
    building.parent.mkdir(parents=True, exist_ok=True)
    for leftover in building.parent.glob("*"):
        if leftover.is_file():
            leftover.unlink()
    if not places.database.exists():
        return False
    if full_refresh:
        keep_snapshots(places)
        return False
    size = places.database.stat().st_size
    free = shutil.disk_usage(building.parent).free
    if free < COPIES * size:
        raise HealthError(
            f"The disk of {building.parent} has {free / 1e9:.2f} GB free; a run needs about"
            f" {COPIES * size / 1e9:.2f} GB. The last published version is unchanged.",
            "Free disk space, or move HEALTH_STATE_DIR to a larger disk, and run again.",
        )
    shutil.copyfile(places.database, building)
    return True


def keep_snapshots(places: Places) -> None:
    """Begin a new file with the snapshots of the last one, and nothing else of it."""
    quoted = str(places.database).replace("'", "''")
    with duckdb.connect(str(places.building)) as connection:
        connection.execute(f"attach '{quoted}' as before (read_only)")
        tables = connection.execute(
            "select table_name from duckdb_tables()"
            " where database_name = 'before' and schema_name = ?",
            [KEPT_SCHEMA],
        ).fetchall()
        connection.execute(f"create schema if not exists {KEPT_SCHEMA}")
        for (table,) in tables:
            name = f'{KEPT_SCHEMA}."{table}"'
            connection.execute(f"create table {name} as select * from before.{name}")
