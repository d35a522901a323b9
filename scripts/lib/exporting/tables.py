"""The tables of the layer `exports` in a build, read by a connection that can do nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.console import HealthError
from scripts.lib.exporting.cells import literal, quoted
from scripts.lib.warehouse import plain_value

SCHEMA = "exports"
# Steps of the layer lie in the same schema and leave the warehouse no more than those of others.
PREFIX = "export_"
FIRST_ROWS = 3


@dataclass(frozen=True)
class ExportTable:
    """A table with its columns as (name, type), in order."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: int

    @property
    def relation(self) -> str:
        """The SQL of the table."""
        return f"{quoted(SCHEMA)}.{quoted(self.name)}"


@contextmanager
def open_exports(database: Path, folder: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose views reach one folder, or none, and nothing else."""
    with duckdb.connect(str(database), read_only=True) as connection:
        allowed = literal(str(folder)) if folder else ""
        connection.execute("set global TimeZone = 'UTC'")
        connection.execute(f"set allowed_directories = [{allowed}]")
        connection.execute("set autoinstall_known_extensions = false")
        connection.execute("set autoload_known_extensions = false")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


def find_tables(
    connection: duckdb.DuckDBPyConnection, database: Path, wanted: Sequence[str] = ()
) -> list[ExportTable]:
    """The tables by name, all or those that are wanted; a name that is not there is an error."""
    found = connection.execute(
        "select table_name, column_name, data_type from information_schema.columns"
        " where table_catalog = current_database() and table_schema = ?"
        " and starts_with(table_name, ?) order by table_name, ordinal_position",
        [SCHEMA, PREFIX],
    ).fetchall()
    columns: dict[str, list[tuple[str, str]]] = {}
    for table, column, data_type in found:
        columns.setdefault(str(table), []).append((str(column), str(data_type)))
    if not columns:
        raise HealthError(
            f"{database} has no tables to export.", "Run `health build` and read what it reports."
        )
    for name in wanted:
        if name not in columns:
            raise HealthError(
                f"There is no export table {name!r}.", f"Use one of: {', '.join(columns)}"
            )
    return [
        ExportTable(name, tuple(pairs), _count(connection, name))
        for name, pairs in columns.items()
        if not wanted or name in wanted
    ]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    try:
        found = connection.execute(
            f"select count(*) from {quoted(SCHEMA)}.{quoted(table)}"
        ).fetchone()
    except duckdb.Error as error:
        raise HealthError(
            f"{table} cannot be read: {str(error).splitlines()[0]}",
            "Run `health build` and read what it reports.",
        ) from None
    return int(found[0]) if found else 0


def first_rows(connection: duckdb.DuckDBPyConnection, table: ExportTable) -> list[dict[str, Any]]:
    """The first rows in the order in which they are written."""
    rows = connection.execute(
        f"select * from {table.relation} order by all limit {FIRST_ROWS}"
    ).fetchall()
    names = [name for name, _ in table.columns]
    return [dict(zip(names, map(plain_value, row), strict=True)) for row in rows]
