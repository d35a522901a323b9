"""A raw folder of clean rows from a company and seeded dirty rows among them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import duckdb

from scripts.lib.source_contract import ContractColumn, ContractTable, SourceContract
from support.building import World
from support.dirty_rows import DirtyTable, RawRow, Values, first_fault
from support.dirty_values import dirt, landed
from support.project_files import ROOT

CLEAN_ROWS = 20
BASES: dict[str, object] = {
    "varchar": "usd", "integer": 1, "bigint": 1, "double": 1.0, "boolean": False,
    "timestamp": datetime(2024, 3, 1, 8), "date": date(2024, 3, 1),
}  # fmt: skip


def make_dirty_world(world: World, raw: Path, seed: int, number: int) -> list[DirtyTable]:
    """Land `number` dirty rows, shared over all staged tables, and tell what each of them means."""
    chooser = Random(seed)
    contract = SourceContract(world.settings)
    staged = {path.stem for path in (ROOT / "models" / "staging").rglob("stg_*.sql")}
    tables = [table for table in contract.tables if f"stg_{table.system}__{table.table}" in staged]
    made = []
    with duckdb.connect(str(world.database), read_only=True) as connection:
        for place, table in enumerate(tables):
            dirty = _table(connection, contract, table, chooser)
            share = number // len(tables) + (place < number % len(tables))
            _soil(dirty, share, chooser)
            dirty.write(raw / table.system, chooser)
            made.append(dirty)
    return made


def _table(
    connection: duckdb.DuckDBPyConnection,
    contract: SourceContract,
    table: ContractTable,
    chooser: Random,
) -> DirtyTable:
    file = contract.find(table)
    names: list[str] = []
    rows: list[Values] = []
    whole: set[str] = set()
    if file:
        scan = connection.sql(f"select * from read_parquet('{file.path}')")
        names = scan.columns
        types = dict(zip(names, map(str, scan.types), strict=True))
        whole = {name for name, data_type in types.items() if data_type == "BIGINT"}
        rows = _clean_rows(connection, table, str(file.path), names)
    columns = [column for column in table.columns if not names or column.name in names]
    storage = {column.name: _storage(column, column.name in whole, chooser) for column in columns}
    made = DirtyTable(table, columns, storage, [])
    for number, values in enumerate(rows):
        meaning = {column.name: _meaning(column, values[column.name]) for column in columns}
        made.clean.append(made.row(f"clean {number}", meaning))
    return made


def _storage(column: ContractColumn, is_whole: bool, chooser: Random) -> str:
    if column.data_type == "varchar":
        return chooser.choice(["native int", "float", "text"]) if is_whole else "text"
    others = {
        "timestamp": ["epoch"], "integer": ["float", "decimal"], "bigint": ["float", "decimal"],
        "boolean": ["native int"],
    }  # fmt: skip
    native = "float" if column.data_type == "double" else "native"
    return chooser.choice([native, "text", *others.get(column.data_type, [])])


def _meaning(column: ContractColumn, value: object) -> object:
    if column.data_type == "varchar" and value is not None:
        return str(value)
    return value


def _clean_rows(
    connection: duckdb.DuckDBPyConnection, table: ContractTable, path: str, names: list[str]
) -> list[Values]:
    """Rows of which the build of the company has set none of their key aside."""
    key = " || '|' || ".join(f"coalesce(cast({name} as varchar), '')" for name in table.key)
    found = connection.execute(
        f"select * from read_parquet('{path}') where lower({key}) not in ("
        f" select lower(row_key) from staging.quarantine_{table.system} where source_table = ?"
        f") order by {', '.join(table.key)} limit {CLEAN_ROWS}",
        [table.table],
    ).fetchall()
    return [dict(zip(names, row, strict=True)) for row in found]


def _soil(made: DirtyTable, number: int, chooser: Random) -> None:
    """Add exactly `number` rows: broken values, and keys that come again with other clocks."""
    bases = [row.meaning for row in made.clean] or [_base(made)]
    used = {made.key(row) for row in made.clean}
    while len(made.dirty) < number:
        serial = len(made.dirty)
        row = made.row(f"dirty {serial}", _renamed(made, chooser.choice(bases), serial))
        for column in chooser.sample(made.columns, chooser.choice([1, 1, 2, 3])):
            row.raw[column.name], row.meaning[column.name] = dirt(
                column, made.storage[column.name], chooser
            )
        is_valid = first_fault(made.table, made.columns, row.meaning) is None
        if is_valid and made.key(row) in used:
            continue
        used |= {made.key(row)} if is_valid else set()
        made.dirty.append(row)
        if chooser.random() < 0.3 and len(made.dirty) < number:
            made.dirty.append(_again(made, row, chooser))
        if chooser.random() < 0.2 and len(made.dirty) < number and made.clean:
            made.dirty += _usurper(made, row, chooser)


def _base(made: DirtyTable) -> Values:
    return {
        column.name: BASES[column.data_type] if column.is_required else None
        for column in made.columns
    }


def _key_column(made: DirtyTable) -> ContractColumn:
    return next(
        column
        for column in made.columns
        if column.name in made.table.key
        and column.data_type == "varchar"
        and not column.rules.get("enum")
    )


def _renamed(made: DirtyTable, meaning: Values, serial: int) -> Values:
    column = _key_column(made)
    is_number = made.storage[column.name] != "text"
    key = str(8_000_000_000_000 + serial) if is_number else f"dirty-{serial}"
    return {**meaning, column.name: key}


def _again(made: DirtyTable, row: RawRow, chooser: Random) -> RawRow:
    """The same row once more, with another clock or byte by byte."""
    clock = made.table.loaded_at
    again = RawRow(row.tag, dict(row.raw), dict(row.meaning))
    loaded = again.meaning.get(clock or "")
    if clock and isinstance(loaded, datetime) and loaded.year in range(1980, 2099):
        again.tag = f"{row.tag} again"
        column = next(column for column in made.columns if column.name == clock)
        later = loaded + timedelta(hours=chooser.choice([-30, -1, 1, 700]))
        again.meaning[clock], again.raw[clock] = later, landed(later, column, made.storage[clock])
    return again


def _usurper(made: DirtyTable, row: RawRow, chooser: Random) -> list[RawRow]:
    """A broken row under the key of a clean one, which it must not replace."""
    clean = chooser.choice(made.clean)
    raw, meaning = dict(row.raw), dict(row.meaning)
    for name in made.table.key:
        raw[name], meaning[name] = clean.raw[name], clean.meaning[name]
    if first_fault(made.table, made.columns, meaning) is None:
        return []
    return [RawRow(f"{row.tag} usurps", raw, meaning)]
