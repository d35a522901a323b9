"""Reading the last good build: found by table name, opened read-only, answered as dictionaries."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.console import HealthError, plain

Row = dict[str, Any]


class Warehouse:
    """A read-only view of a built database."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, name: str = "") -> None:
        """Index the tables by name, so that a reader need not know which layer holds what."""
        self.connection = connection
        self.name = name
        self.tables = {
            str(table): f'"{schema}"."{table}"'
            for schema, table in connection.execute(
                "select table_schema, table_name from information_schema.tables"
                " where table_catalog = current_database()"
            ).fetchall()
        }

    def __enter__(self) -> Warehouse:
        """Use as a context, so that the file is free again for the next build."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connection."""
        self.connection.close()

    def has(self, table: str) -> bool:
        """Whether the build made this table."""
        return table in self.tables

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Run a query in which `{table}` names stand for tables, and return plain values."""
        statement = sql.format_map(_Relations(self.tables, self.name))
        try:
            cursor = self.connection.execute(statement, list(parameters))
        except (duckdb.BinderException, duckdb.CatalogException) as error:
            raise HealthError(
                f"{self.name or 'The database'} does not fit this version of the project: "
                + str(error).splitlines()[0],
                "Run `health build`. A build that was given another file name cannot be read.",
            ) from None
        names = [column[0] for column in cursor.description or []]
        return [
            dict(zip(names, map(plain_value, record), strict=True)) for record in cursor.fetchall()
        ]

    def ask_for(self, since: dt.date, as_of: dt.date) -> None:
        """Choose the pair of dates that the views of changes hold beside consecutive ones."""
        for name, date in (("since_date", since), ("as_of_date", as_of)):
            self.connection.execute(f"set variable health_{name} = cast(? as date)", [date])

    def one(self, sql: str, parameters: Sequence[object] = ()) -> Row:
        """The first row of a query, or an empty one."""
        found = self.rows(sql, parameters)
        return found[0] if found else {}


class _Relations(dict[str, str]):
    """Table names to relations; a missing one is a message and not a KeyError."""

    def __init__(self, tables: dict[str, str], name: str) -> None:
        super().__init__(tables)
        self.name = name

    def __missing__(self, key: str) -> str:
        raise HealthError(
            f"{self.name or 'The database'} has no table {key}: the last build did not make it.",
            "Run `health build` and read what it reports.",
        )


def plain_value(value: object) -> object:
    """A value that JSON and a terminal can hold: no decimals, no endless numbers, no commands."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return plain(value) if isinstance(value, str) else value


def open_warehouse(database: Path) -> Warehouse:
    """Open the last good build, or say why that is not possible."""
    if not database.exists():
        raise HealthError(
            f"There is no build yet at {database}.",
            "Run `health build` (and `health sample` before it, if you have no raw data).",
        )
    try:
        connection = duckdb.connect(str(database), read_only=True)
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        raise HealthError(
            f"{database} cannot be opened: {first_line}",
            "If a process has it open for writing, wait for it; otherwise run `health build`.",
        ) from None
    return Warehouse(connection, database.name)


def as_date(value: object) -> dt.date | None:
    """A date from a date or a timestamp."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None
