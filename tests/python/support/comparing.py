"""What differs between two builds: keys and statuses exactly, numbers to 1e-9."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

TOLERANCE = 1e-9
EXAMPLES = 3
KEYS = (
    "account_id", "as_of_date", "dimension_id", "metric_id", "value_id", "objective_id", "gate_id",
    "signal_id", "ancestor_account_id", "since_date",
)  # fmt: skip


def differing_rows(
    first: Path,
    second: Path,
    tables: Sequence[str],
    *,
    condition: str = "true",
    ignored: Sequence[str] = (),
) -> list[str]:
    """Lines that say where tables of two builds differ, with a few examples of each column."""
    with duckdb.connect() as connection:
        for side, database in (("first", first), ("second", second)):
            # A view names its database, so both are read under the name that they were built with.
            connection.execute(f"attach '{database}' as {database.stem} (read_only)")
            connection.execute(f"create schema {side}")
            for table in tables:
                connection.execute(
                    f"create table {side}.{table.split('.')[1]} as"
                    f" select * from {database.stem}.{table} where {condition}"
                )
            connection.execute(f"detach {database.stem}")
        return [
            line for table in tables for line in _lines(connection, table.split(".")[1], ignored)
        ]


def _lines(connection: duckdb.DuckDBPyConnection, table: str, ignored: Sequence[str]) -> list[str]:
    described = connection.execute(f"describe first.{table}").fetchall()
    types = {str(row[0]): str(row[1]) for row in described if row[0] not in ignored}
    keys = [name for name in KEYS if name in types]
    joined = f"first.{table} as a {{}} join second.{table} as b using ({', '.join(keys)})"
    lines = []
    alone = connection.execute(
        "select count(*) filter (where b.account_id is null),"
        " count(*) filter (where a.account_id is null), count(*),"
        " min(account_id) filter (where a.account_id is null or b.account_id is null)"
        f" from {joined.format('full')}"
    ).fetchone()
    assert alone is not None and alone[2] > 0, f"{table} has no rows to compare"
    if alone[0] or alone[1]:
        lines += [f"{table}: {alone[0]} keys only in the first, {alone[1]} only in the second,"]
        lines += [f"    like those of {alone[3]}"]
    for name in (name for name in types if name not in keys):
        same = f"a.{name} is not distinct from b.{name}"
        if types[name] in {"DOUBLE", "FLOAT"}:
            same = (
                f"({same} or coalesce(abs(a.{name} - b.{name})"
                f" <= {TOLERANCE} * greatest(1, abs(a.{name})), false))"
            )
        rows = connection.execute(
            f"select {', '.join(keys)}, a.{name}, b.{name}, count(*) over ()"
            f" from {joined.format('inner')} where not {same} order by all limit {EXAMPLES}"
        ).fetchall()
        if rows:
            lines.append(f"{table}.{name}: {rows[0][-1]} rows differ")
            lines += [f"    {' '.join(map(str, row[:-3]))}: {row[-3]} | {row[-2]}" for row in rows]
    return lines


def dated_tables(database: Path) -> list[str]:
    """The spine and the published tables of values and scores by account and date."""
    return ["core.fct_account_spine", *_fact_tables(database, of_changes=False)]


def change_tables(database: Path) -> list[str]:
    """The published tables of what changed between two dates."""
    return _fact_tables(database, of_changes=True)


def _fact_tables(database: Path, *, of_changes: bool) -> list[str]:
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            "select table_schema || '.' || table_name from information_schema.columns"
            " where table_schema in ('metrics', 'scoring') and table_name like 'fct_%'"
            " group by all"
            " having count(*) filter (where column_name in ('account_id', 'as_of_date')) = 2"
            " and count(*) filter (where column_name = 'since_date') = ? order by 1",
            [int(of_changes)],
        ).fetchall()
    return [str(row[0]) for row in rows]
