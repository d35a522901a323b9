"""Erasure from a DuckDB file, by logical copy: a deleted row's bytes stay in the file that had it.

A row goes where its first column, its key in this project, is the person's; anywhere else the value
is blanked. Tables keep all other rows, so sums by account stay what they were.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.privacy.raw_erasure import MARK
from scripts.lib.privacy.subjects import SHORTEST_TERM, pattern_of

OLD, NEW = "erasure_old", "erasure_new"
NESTED = ("STRUCT", "MAP", "JSON", "UNION")
PERSON_IDS = (
    "contact_id",
    "user_id",
    "requester_id",
    "submitter_id",
    "assignee_id",
    "person_id",
    "marketing_contact_id",
    "source_key",
    "row_key",
)


@dataclass
class DatabaseErasure:
    """What became of one database file."""

    path: Path
    rows_removed: int = 0
    values_blanked: int = 0
    beside: Path | None = None


def erase_database(
    path: Path,
    exact: set[str],
    terms: list[str],
    *,
    storage: str | None,
    dry_run: bool = False,
) -> DatabaseErasure:
    """Copy the database without the people into a file beside it."""
    result = DatabaseErasure(path)
    beside = path.with_name(f".{path.name}{MARK}")
    beside.unlink(missing_ok=True)
    with duckdb.connect(config=_limits(path)) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"attach '{_quoted(path)}' as {OLD} (read_only)")
        connection.execute("create temp table exact (value varchar)")
        connection.executemany("insert into exact values (?)", [[value] for value in sorted(exact)])
        target = NEW
        if not dry_run:
            options = f" (storage_version '{storage}')" if storage else ""
            # A view names its database, so the copy goes by the name of the file.
            target = path.stem
            connection.execute(f"attach '{_quoted(beside)}' as \"{target}\"{options}")
            result.beside = beside
        for schema, table in _tables(connection):
            _copy_table(connection, result, f'"{schema}"."{table}"', terms, target)
        if not dry_run:
            connection.execute(f'use "{target}"')
            _make_views(connection)
            connection.execute("use memory")
            connection.execute(f'checkpoint "{target}"')
    return result


def _limits(path: Path) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "threads": int(os.environ.get("HEALTH_THREADS", "2")),
        "memory_limit": os.environ.get("HEALTH_MEMORY_LIMIT", "4GB"),
        "temp_directory": str(path.parent / f"{MARK}-spill"),
    }


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        f" where database_name = '{OLD}' and not temporary order by 1, 2"
    ).fetchall()


def _make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all views again; one that reads another waits for it."""
    rows = connection.execute(
        "select sql, schema_name from duckdb_views()"
        f" where database_name = '{OLD}' and not internal"
    ).fetchall()
    for schema in {str(row[1]) for row in rows}:
        connection.execute(f'create schema if not exists "{schema}"')
    waiting = [str(row[0]) for row in rows]
    while waiting:
        later = []
        for statement in waiting:
            try:
                connection.execute(statement)
            except duckdb.CatalogException:
                later.append(statement)
        if len(later) == len(waiting):
            connection.execute(later[0])
        waiting = later


def _copy_table(
    connection: duckdb.DuckDBPyConnection,
    result: DatabaseErasure,
    table: str,
    terms: list[str],
    target: str,
) -> None:
    described = connection.execute(f"describe {OLD}.{table}").fetchall()
    columns = {str(row[0]): str(row[1]) for row in described}
    hits = {
        name: _hit(name, data_type, terms)
        for name, data_type in columns.items()
        if data_type.startswith(("VARCHAR", *NESTED)) or data_type.endswith("[]")
    }
    first = next(iter(columns))
    removed = f"coalesce({_is_exact(first)}, false)" if first in hits else "false"
    if first in hits and not columns[first].startswith("VARCHAR"):
        removed = "false"
    row: tuple[int, ...] = (0,)
    # Most tables have nobody of the people, and to see that is half of the work of counting them.
    anybody = f"select 1 from {OLD}.{table} where {' or '.join([removed, *hits.values()])} limit 1"
    if hits and connection.execute(anybody).fetchone():
        counts = ", ".join(
            [f"count(*) filter (where {removed})"]
            + [f"count(*) filter (where not {removed} and {hit})" for hit in hits.values()]
        )
        row = connection.execute(f"select {counts} from {OLD}.{table}").fetchone() or (0,)
        result.rows_removed += int(row[0])
        result.values_blanked += sum(map(int, row[1:]))
    if result.beside is None:
        return
    changed = {name for name, count in zip(hits, row[1:], strict=False) if count}
    selected = ", ".join(
        f'case when not {hits[name]} then "{name}" end as "{name}"'
        if name in changed
        else f'"{name}"'
        for name in columns
    )
    schema = table.split(".")[0]
    connection.execute(f'create schema if not exists "{target}".{schema}')
    connection.execute(
        f'create table "{target}".{table} as select {selected} from {OLD}.{table}'
        + (f" where not {removed}" if row[0] else "")
    )


def _hit(name: str, data_type: str, terms: list[str]) -> str:
    text = f'"{name}"' if data_type.startswith("VARCHAR") and not data_type.endswith("[]") else ""
    text = text or f'cast("{name}" as varchar)'
    parts = [_is_exact(name)] if text.startswith('"') else []
    if terms:
        pattern = pattern_of(terms).replace("'", "''")
        parts.append(f"regexp_matches({text}, '{pattern}')")
    return f"coalesce({' or '.join(parts) or 'false'}, false)"


def _is_exact(name: str) -> str:
    """A short id may be another thing's number, so it counts only where ids of people stand."""
    shortest = 0 if name in PERSON_IDS else SHORTEST_TERM
    return f'"{name}" in (select value from exact where length(value) >= {shortest})'


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
