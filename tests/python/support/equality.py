"""Whether two builds hold the same: every table and view, by key both ways, numbers to 1e-9."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb

from support.project_files import yaml_nodes

LAYERS = ("core", "metrics", "scoring", "monitoring", "exports")
TOLERANCE = 1e-9
EXAMPLES = 3
BASE_TABLES = " and table_type = 'BASE TABLE'"
FLOATS = ("DOUBLE", "FLOAT")


@dataclass
class Difference:
    """What differs in one relation."""

    relation: str
    only_first: int = 0
    only_second: int = 0
    columns: dict[str, int] = field(default_factory=dict)  # differing rows by column
    examples: list[str] = field(default_factory=list)
    fault: str = ""

    def __str__(self) -> str:
        counts = [f"{self.only_first} keys only in the first, {self.only_second} in the second"]
        counts += [f"{column}: {rows} rows differ" for column, rows in self.columns.items()]
        lines = [f"{self.relation}: {self.fault or '; '.join(counts)}"]
        return "\n".join([*lines, *(f"    {example}" for example in self.examples)])


def differences(
    first: Path,
    second: Path,
    layers: Sequence[str] = LAYERS,
    *,
    steps: bool = False,
    ignored: Iterable[str] = (),
) -> list[Difference]:
    """Where two builds differ; `steps` looks at the tables between the published ones too.

    A view between them shows what its tables do, in one that goes on only where its reader looks.

    The databases have one file name, because a view names the database that it was made in.
    """
    assert first.stem == second.stem
    with duckdb.connect() as connection:
        names = [
            _copy(connection, database, side, layers, steps)
            for database, side in ((first, "first"), (second, "second"))
        ]
        found = [
            Difference(name, fault=f"only in the {'first' if name in names[0] else 'second'}")
            for name in sorted(names[0] ^ names[1])
        ]
        for name in sorted(names[0] & names[1]):
            difference = _difference(connection, name, set(ignored))
            if difference:
                found.append(difference)
    return found


def _copy(
    connection: duckdb.DuckDBPyConnection,
    database: Path,
    side: str,
    layers: Sequence[str],
    steps: bool,
) -> set[str]:
    """Copy the relations of a build into a schema of this connection; returns their names."""
    connection.execute(f"attach '{database}' as {database.stem} (read_only)")
    connection.execute(f"create schema {side}")
    schemas = ", ".join(f"'{layer}'" for layer in layers)
    names = {
        f"{schema}.{table}"
        for schema, table in connection.execute(
            "select table_schema, table_name from information_schema.tables"
            f" where table_catalog = '{database.stem}' and table_schema in ({schemas})"
            f"{BASE_TABLES if steps else ''}"
        ).fetchall()
        if steps or not str(table).startswith("int_")
    }
    missing = set(layers) - {name.split(".")[0] for name in names}
    assert not missing, f"{database} has nothing of {', '.join(sorted(missing))}"
    for name in names:
        connection.execute(f'create table {side}."{name}" as select * from {database.stem}.{name}')
    connection.execute(f"detach {database.stem}")
    return names


@cache
def keys() -> dict[str, list[str]]:
    """The key of each model that declares one by its tests."""
    found = {}
    for node in yaml_nodes("models", "models"):
        for test in node.node.get("data_tests") or []:
            if isinstance(test, dict) and "unique_combination" in test:
                found[node.name] = list(test["unique_combination"]["arguments"]["columns"])
        for column in node.node.get("columns") or []:
            tests = [next(iter(test)) if isinstance(test, dict) else test
                     for test in column.get("data_tests") or []]  # fmt: skip
            if "unique" in tests:
                found.setdefault(node.name, [str(column["name"])])
    return found


def _difference(
    connection: duckdb.DuckDBPyConnection, name: str, ignored: set[str]
) -> Difference | None:
    difference = Difference(name)
    types = [_types(connection, side, name) for side in ("first", "second")]
    if types[0] != types[1]:
        unlike = sorted({f"{c} {t}" for c, t in set(types[0].items()) ^ set(types[1].items())})
        difference.fault = f"columns differ: {', '.join(unlike)}"
        return difference
    columns = {column: kind for column, kind in types[0].items() if column not in ignored}
    wanted = keys().get(name.split(".")[-1], [])
    key = wanted if wanted and set(wanted) <= set(columns) else _exact(columns)
    connection.execute(f"create or replace temp table pairs as {_joined(name, key, columns)}")
    values = [column for column in columns if column not in key]
    counts = [
        "count(*) filter (where second_row is null)",
        "count(*) filter (where first_row is null)",
        *(f"count(*) filter (where {_unlike(column, columns[column])})" for column in values),
    ]
    counted = connection.execute(f"select {', '.join(counts)} from pairs").fetchone()
    assert counted is not None
    if not any(counted):
        return None
    difference.only_first, difference.only_second = counted[:2]
    differing = zip(values, counted[2:], strict=True)
    difference.columns = {column: rows for column, rows in differing if rows}
    difference.examples = _examples(connection, key, columns, difference.columns)
    return difference


def _examples(
    connection: duckdb.DuckDBPyConnection,
    key: Sequence[str],
    columns: dict[str, str],
    differing: Iterable[str],
) -> list[str]:
    """A few rows of each kind of difference: their key, and both values."""
    shown = ", ".join(f'"{column}"' for column in key) or "1"
    lines = []
    for side, other in (("first", "second"), ("second", "first")):
        rows = connection.execute(
            f"select {shown} from pairs where {other}_row is null order by all limit {EXAMPLES}"
        ).fetchall()
        lines += [f"only in the {side}: {_text(row)}" for row in rows]
    for column in differing:
        rows = connection.execute(
            f'select {shown}, "first_{column}", "second_{column}" from pairs'
            f" where {_unlike(column, columns[column])} order by all limit {EXAMPLES}"
        ).fetchall()
        lines += [f"{column} of {_text(row[:-2])}: {row[-2]!r} | {row[-1]!r}" for row in rows]
    return lines


def _types(connection: duckdb.DuckDBPyConnection, side: str, name: str) -> dict[str, str]:
    described = connection.execute(f'describe {side}."{name}"').fetchall()
    return {str(row[0]): str(row[1]) for row in described}


def _exact(columns: dict[str, str]) -> list[str]:
    """The columns that are equal or not; a relation without a key is told apart by them."""
    return [column for column, kind in columns.items() if kind not in FLOATS]


def _joined(name: str, key: Sequence[str], columns: dict[str, str]) -> str:
    """Both sides by key; rows that share a key are paired in the order of their values."""
    same_key = ", ".join(f'"{column}"' for column in key) or "1"
    order = ", ".join(f'"{column}" nulls last' for column in columns)
    sides = {
        side: f"select *, row_number() over (partition by {same_key} order by {order}) as copy"
        f' from {side}."{name}"'
        for side in ("first", "second")
    }
    conditions = [f'a."{column}" is not distinct from b."{column}"' for column in key]
    pairs = [f'coalesce(a."{column}", b."{column}") as "{column}"' for column in key]
    pairs += [
        f'a."{column}" as "first_{column}", b."{column}" as "second_{column}"'
        for column in columns
        if column not in key
    ]
    return (
        f"select {', '.join([*pairs, 'a.copy as first_row', 'b.copy as second_row'])}"
        f" from ({sides['first']}) as a full join ({sides['second']}) as b"
        f" on {' and '.join([*conditions, 'a.copy = b.copy'])}"
    )


def _unlike(column: str, kind: str) -> str:
    """Whether a pair of rows has two values."""
    first, second = f'"first_{column}"', f'"second_{column}"'
    unlike = (
        f"first_row is not null and second_row is not null and {first} is distinct from {second}"
    )
    if kind in FLOATS:
        near = f"abs({first} - {second}) <= {TOLERANCE} * greatest(1, abs({first}))"
        unlike += f" and not coalesce(isfinite({first}) and isfinite({second}) and {near}, false)"
    return unlike


def _text(row: Sequence[object]) -> str:
    return " ".join(map(str, row))
