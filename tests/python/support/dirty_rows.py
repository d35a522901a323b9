"""Seeded dirty rows over every raw table, mixed into clean ones, and what must become of each.

The judge reads the contract and knows what each value means; it shares no code with the macros.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import polars as pl

from scripts.lib.source_contract import ContractColumn, ContractTable
from support.dirty_values import BAD, landed
from support.project_files import ROOT

TAG = "row_tag"
ACCEPTED = "accepted"
FLOOR = datetime(2000, 1, 1)
TOLERANCE = timedelta(hours=24)
# What the contract does not say of a table in the reader of the command line.
DELETED = ("is_deleted", "_fivetran_deleted")
KEPT_WHEN = {"salesforce.account": "master_record_id"}
Stored = pl.DataType | type[pl.DataType]
TYPES: dict[str, Stored] = {
    "integer": pl.Int64, "bigint": pl.Int64, "double": pl.Float64, "boolean": pl.Boolean,
    "timestamp": pl.Datetime("us"), "date": pl.Date, "varchar": pl.String,
}  # fmt: skip
STORED: dict[str, Stored] = {
    "text": pl.String, "epoch": pl.Int64, "float": pl.Float64, "native int": pl.Int64,
    "decimal": pl.Decimal(38, 2),
}  # fmt: skip

Values = dict[str, object]


@dataclass
class RawRow:
    """One row of a raw file: what is landed, and what it means."""

    tag: str
    raw: Values
    meaning: Values


@dataclass
class DirtyTable:
    """One raw table with clean and dirty rows."""

    table: ContractTable
    columns: list[ContractColumn]
    storage: dict[str, str]
    clean: list[RawRow]
    dirty: list[RawRow] = field(default_factory=list)

    @property
    def rows(self) -> list[RawRow]:
        return [*self.clean, *self.dirty]

    def row(self, tag: str, meaning: Values) -> RawRow:
        """A row whose values are all clean."""
        raw = {
            column.name: landed(meaning[column.name], column, self.storage[column.name])
            for column in self.columns
        }
        return RawRow(tag, raw, dict(meaning))

    def expected(self) -> Counter[tuple[str, str]]:
        """How many rows of each tag end with which reason."""
        found: Counter[tuple[str, str]] = Counter()
        keys: dict[tuple[str, ...], list[RawRow]] = {}
        for row in self.rows:
            reason = first_fault(self.table, self.columns, row.meaning)
            if reason:
                found[row.tag, reason] += 1
            else:
                keys.setdefault(self.key(row), []).append(row)
        for rows in keys.values():
            clock = self.table.loaded_at
            rows.sort(key=lambda row: str(row.meaning[clock]) if clock else "", reverse=True)
            found[rows[0].tag, self._fate(rows[0])] += 1
            for row in rows[1:]:
                found[row.tag, "duplicate_or_superseded"] += 1
        return found

    def _fate(self, row: RawRow) -> str:
        kept = KEPT_WHEN.get(self.table.name)
        is_deleted = any(row.meaning.get(name) is True for name in DELETED)
        return "deleted_in_source" if is_deleted and not row.meaning.get(kept or "") else ACCEPTED

    def key(self, row: RawRow) -> tuple[str, ...]:
        """The key of a row as staging reads it."""
        return tuple(
            str(row.meaning[name]).lower()
            if _column(self.columns, name).rules.get("lowercase")
            else str(row.meaning[name])
            for name in self.table.key
        )

    def write(self, folder: Path, chooser: Random) -> None:
        """Land the rows in a mixed order; events land in two files."""
        rows = chooser.sample(self.rows, len(self.rows))
        schema: dict[str, Stored] = {
            column.name: STORED.get(self.storage[column.name], TYPES[column.data_type])
            for column in self.columns
        }
        frame = pl.DataFrame(
            [{**row.raw, TAG: row.tag} for row in rows], schema={**schema, TAG: pl.String}
        )
        name = self.table.table
        if name == "tracks":
            (folder / name).mkdir(parents=True)
            half = len(rows) // 2
            frame[:half].write_parquet(folder / name / "1.parquet")
            frame[half:].write_parquet(folder / name / "2.parquet")
        else:
            folder.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(folder / f"{name}.parquet")


def first_fault(table: ContractTable, columns: list[ContractColumn], meaning: Values) -> str | None:
    """The first rule of the contract that a row breaks, in the documented order."""
    if any(meaning[name] in (None, "", BAD) for name in table.key):
        return "missing_key"
    for column in columns:
        if meaning[column.name] == BAD:
            return f"unparsable_{column.name}"
        if column.rules.get("closed") and _is_unlabelled(meaning[column.name]):
            return f"unknown_{column.rules['enum']}"
    for column in columns:
        if column.is_required and meaning[column.name] in (None, ""):
            return f"missing_{column.name}"
    for column in columns:
        if column.rules.get("closed") and not _is_known(column, meaning[column.name]):
            return f"unknown_{column.rules['enum']}"
    for column in columns:
        value, low, high = meaning[column.name], *_range(column)
        if isinstance(value, (int, float)) and low is not None and value < low:
            return f"{'negative' if low == 0 else 'out_of_range'}_{column.name}"
        if isinstance(value, (int, float)) and high is not None and value > high:
            return f"out_of_range_{column.name}"
    return _clock_fault(table, meaning)


def _clock_fault(table: ContractTable, meaning: Values) -> str | None:
    loaded = _moment(meaning[table.loaded_at]) if table.loaded_at else None
    for name in table.event_at:
        happened = _moment(meaning[name])
        if happened and happened < FLOOR:
            return "before_epoch_floor"
        if happened and loaded and happened - TOLERANCE > loaded:
            return "in_future"
    return None


def _moment(value: object) -> datetime | None:
    return None if value is None else datetime.fromisoformat(str(value))


def _range(column: ContractColumn) -> tuple[float | None, float | None]:
    return column.rules.get("minimum"), column.rules.get("maximum")


def _label(value: object) -> str:
    return re.sub("[^a-z0-9]+", "_", str(value).lower()).strip("_")


def _is_unlabelled(value: object) -> bool:
    return bool(value) and not _label(value)


def _is_known(column: ContractColumn, value: object) -> bool:
    return value in (None, "") or _label(value) in labels()[column.rules["enum"]]


@cache
def labels() -> dict[str, set[str]]:
    """The spellings that each enumeration knows."""
    found: dict[str, set[str]] = {}
    folder = ROOT / "seeds" / "mappings"
    with (folder / "enum_mappings.csv").open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            found.setdefault(row["enum_name"], set()).add(row["raw_value"])
    with (folder / "currencies.csv").open(encoding="utf-8") as handle:
        found["currency"] = {row["currency"] for row in csv.DictReader(handle)}
    return found


def _column(columns: list[ContractColumn], name: str) -> ContractColumn:
    return next(column for column in columns if column.name == name)
