"""The files of the ledger: read with their places, and added to, one part at a time."""

from __future__ import annotations

import datetime as dt
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from scripts.lib.console import HealthError
from scripts.lib.gate.manifest import NAME, write_manifest
from scripts.lib.locking import held
from scripts.lib.overrides.rules import Clock, Entry
from scripts.lib.raw_files import RawTable, column_named
from scripts.lib.settings import Settings
from scripts.lib.source_contract import ContractColumn, ContractTable, SourceContract

SYSTEM = "decisions"
OVERRIDES, WITHDRAWALS = "overrides", "override_withdrawals"
TYPES: dict[str, pl.DataType] = {
    "varchar": pl.String(),
    "double": pl.Float64(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us"),
}
ADOPTED = "before.parquet"


@dataclass(frozen=True)
class Broken:
    """A row that staging sets aside: where it stands and why."""

    table: str
    file: str
    row: int
    key: str
    reason: str


@dataclass
class Ledger:
    """All entries with their withdrawals, and the rows that are not complete."""

    entries: list[Entry] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


@dataclass(frozen=True)
class _Row:
    file: str
    number: int
    values: dict[str, Any]


def ledger_tables(settings: Settings) -> tuple[SourceContract, dict[str, ContractTable]]:
    """The contract of the ledger, by table; empty where a project has no ledger."""
    contract = SourceContract(settings)
    tables = {table.table: table for table in contract.tables if table.system == SYSTEM}
    return contract, tables


def read_ledger(settings: Settings, clock: Clock) -> Ledger:
    """Everything that was ever written; a file that cannot be read raises HealthError."""
    contract, tables = ledger_tables(settings)
    ledger = Ledger()
    withdrawn: dict[str, dt.date] = {}
    for row in _sound_rows(contract, tables.get(WITHDRAWALS), ledger):
        on = clock.known_on(row.values["withdrawn_at"], row.values["recorded_at"])
        name = row.values["override_id"]
        withdrawn[name] = min(on, withdrawn.get(name, dt.date.max))
    versions: dict[tuple[object, ...], list[_Row]] = {}
    for row in _sound_rows(contract, tables.get(OVERRIDES), ledger):
        key = (row.values["override_id"], row.values["created_at"])
        versions.setdefault(key, []).append(row)
    for rows in versions.values():
        rows.sort(key=lambda row: row.values["recorded_at"])
        first, last = rows[0].values["recorded_at"], rows[-1]
        values = {**last.values, "recorded_at": first}
        ledger.entries.append(
            Entry(
                **values,
                withdrawn_on=withdrawn.get(values["override_id"]),
                is_rewritten=last.values["recorded_at"] > first,
                file=last.file,
                row=last.number,
            )
        )
    return ledger


def _sound_rows(
    contract: SourceContract, table: ContractTable | None, ledger: Ledger
) -> Iterator[_Row]:
    """The rows that staging accepts; the others are noted in the ledger."""
    found = contract.find(table) if table else None
    if table is None or found is None:
        return
    for row in _rows(found, table):
        problem = first_problem(row.values, table)
        if problem:
            parts = [row.values[column] for column in table.key]
            key = "|".join("" if part is None else str(part) for part in parts)
            ledger.broken.append(Broken(table.table, row.file, row.number, key, problem))
        else:
            values = {column.name: row.values[column.name] for column in table.columns}
            yield _Row(row.file, row.number, values)


def _rows(found: RawTable, table: ContractTable) -> Iterator[_Row]:
    files = sorted(found.path.glob("*.parquet")) if found.path.is_dir() else [found.path]
    for path in files:
        part = RawTable(SYSTEM, table.table, path)
        try:
            with duckdb.connect() as connection:
                columns = part.columns(connection)
                wanted = [name for column in table.columns for name in _selected(columns, column)]
                cursor = connection.execute(f"select {', '.join(wanted)} from {part.relation}")
                names = [described[0] for described in cursor.description or []]
                rows = cursor.fetchall()
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            raise HealthError(
                f"{path} cannot be read: {reason}", "Restore it; the ledger is never rewritten."
            ) from None
        for number, row in enumerate(rows, 1):
            yield _Row(str(path), number, dict(zip(names, row, strict=True)))


def _selected(columns: dict[str, str], column: ContractColumn) -> list[str]:
    actual = column_named(columns, column.name, *column.aliases)
    if actual is None:
        return [f"null as {column.name}"]
    quoted = actual.replace('"', '""')
    text = f"nullif(trim(cast(\"{quoted}\" as varchar)), '')"
    if column.data_type == "varchar":
        value = f"lower({text})" if column.rules.get("lowercase") else text
        return [f"{value} as {column.name}"]
    value = f"try_cast({text} as {column.data_type})"
    if column.data_type == "double":
        value = f"case when isfinite({value}) then {value} end"
    # What is there and cannot be read is told from what is not there.
    return [
        f"{value} as {column.name}",
        f"{text} is not null and try_cast({text} as {column.data_type}) is null"
        f" as unread_{column.name}",
    ]


def first_problem(values: dict[str, Any], table: ContractTable) -> str | None:
    """Why staging sets a row aside: the contract's rules, in its order."""
    if any(values[name] is None for name in table.key):
        return "missing_key"
    for column in table.columns:
        if values.get(f"unread_{column.name}"):
            return f"unparsable_{column.name}"
    for column in table.columns:
        if values[column.name] is None and column.is_required:
            return f"missing_{column.name}"
    for column in table.columns:
        value = values[column.name]
        if isinstance(value, float):
            low, high = column.rules.get("minimum"), column.rules.get("maximum")
            if (low is not None and value < low) or (high is not None and value > high):
                return f"out_of_range_{column.name}"
    return None


def new_id(created_at: dt.datetime) -> str:
    """An id that sorts by its day and meets no other."""
    return f"ovr_{created_at:%Y%m%d}_{secrets.token_hex(4)}"


@contextmanager
def ledger_lock(settings: Settings) -> Iterator[None]:
    """One writer at a time, from the look at the rules to the new part."""
    contract, tables = ledger_tables(settings)
    if not tables:
        raise HealthError(
            "This project has no ledger of overrides.",
            f"Restore models/staging/{SYSTEM}/_{SYSTEM}__sources.yml.",
        )
    folder = contract.folder(tables[OVERRIDES])
    with held(folder / ".lock", "Somebody else is writing to the ledger of overrides."):
        yield


def append(settings: Settings, table_name: str, values: dict[str, Any]) -> Path:
    """Add a row as a part of its own; nothing that was written before is changed."""
    contract, tables = ledger_tables(settings)
    table = tables[table_name]
    home = contract.folder(table)
    folder = home / table.table
    before = contract.find(table)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if before is not None and before.path.is_file():
            _adopt(before, folder)
        frame = pl.DataFrame(
            {
                column.name: pl.Series([values.get(column.name)], dtype=TYPES[column.data_type])
                for column in table.columns
            }
        )
        name = f"{values['recorded_at']:%Y%m%dT%H%M%S}-{values['override_id']}.parquet"
        target = folder / name
        _put(frame, target)
        if before is not None and before.path.is_file():
            before.path.unlink()
        if (home / NAME).is_file():
            write_manifest(home)
    except OSError as error:
        raise HealthError(
            f"The ledger in {folder} cannot be written: {error.strerror}.",
            "Set HEALTH_RAW_DIR to a folder that you can write.",
        ) from None
    return target


def _put(frame: pl.DataFrame, target: Path) -> None:
    """A whole file or none: written beside its place, then moved there."""
    part = target.with_name(f".{target.name}.part")
    with part.open("wb") as handle:
        frame.write_parquet(handle)
        handle.flush()
        os.fsync(handle.fileno())
    os.replace(part, target)


def _adopt(before: RawTable, folder: Path) -> None:
    """A ledger in one file becomes the first part; until that is removed it is what is read."""
    part = folder / f".{ADOPTED}.part"
    quoted = str(part).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(f"copy (select * from {before.relation}) to '{quoted}' (format parquet)")
    os.replace(part, folder / ADOPTED)
