"""The numbers that the rules judge: one aggregate query per file, and one over its days."""

from __future__ import annotations

import math
from typing import Any

import duckdb

from scripts.lib.gate.plan import Plan, event_time, load_time, make_plan
from scripts.lib.gate.reader import Reader
from scripts.lib.gate.records import Check, ColumnProfile, LandedFile, Partitions, TableProfile
from scripts.lib.gate.staging_sql import quoted
from scripts.lib.raw_files import RawTable
from scripts.lib.source_contract import ContractTable

# Of larger tables a share of the keys is counted, and every row of these keys.
COUNTED_KEYS = 200_000
HASH_RANGE = 2**64


def profile_file(
    connection: duckdb.DuckDBPyConnection,
    reader: Reader,
    table: ContractTable,
    found: RawTable,
    file: LandedFile,
) -> tuple[TableProfile, Partitions, Plan]:
    """Read one file to its end; raises duckdb.Error where that is not possible."""
    raw_columns = found.columns(connection)
    plan = make_plan(reader, table, raw_columns)
    profile = TableProfile(
        system=table.system,
        table=table.table,
        file=file.relative,
        sha256=file.sha256,
        bytes=file.size,
        raw_columns=raw_columns,
    )
    for name, column in plan.columns.items():
        profile.columns[name] = ColumnProfile(column.raw, column.data_type)
    if not plan.columns:
        profile.rows = _count(connection, found.relation)
        return profile, {}, plan
    profile.rows = _count(connection, found.relation)
    portion = max(1, math.ceil(profile.rows / COUNTED_KEYS))
    figures = ", ".join(plan.aggregates.values()).replace(":portion", str(portion))
    # Text is parsed once and kept; typed columns are cheaper to read again.
    is_text = not file.relative.endswith(".parquet")
    kept = "materialized" if is_text else ""
    cursor = connection.execute(
        f"with typed as {kept} ({plan.typed_rows(found.relation)}) select {figures} from typed"
    )
    values = cursor.fetchone() or ()
    _read_figures(profile, dict(zip(plan.aggregates, values, strict=True)), portion, reader)
    return profile, _partitions(connection, plan, found.relation), plan


def _count(connection: duckdb.DuckDBPyConnection, relation: str) -> int:
    row = connection.execute(f"select count(*) from {relation}").fetchone()
    return int(row[0]) if row else 0


def _read_figures(
    profile: TableProfile, figures: dict[str, Any], portion: int, reader: Reader
) -> None:
    for key, value in figures.items():
        figure, _, name = key.partition("|")
        if figure == "bad":
            profile.checks[name] = Check(int(value), int(figures[f"base|{name}"]))
        elif figure in ("filled", "recent_filled"):
            setattr(profile.columns[name], figure, int(value))
        elif figure in ("low", "high", "median", "recent_median"):
            setattr(profile.columns[name], figure, None if value is None else float(value))
        elif figure == "true" and value is not None:
            profile.columns[name].shares = {"true": float(value)}
        elif figure == "shares":
            profile.columns[name].shares = _shares(value or {}, reader.meanings[profile.name, name])
        elif figure in ("min_event", "max_event", "min_loaded", "max_loaded") and value is not None:
            setattr(profile, figure, value.isoformat(sep=" ", timespec="seconds"))
    _repeats(profile, figures, portion)


def _shares(counts: dict[str, int], meanings: dict[str, str]) -> dict[str, float]:
    total = sum(counts.values())
    shares: dict[str, float] = {}
    for spelling, count in counts.items():
        meaning = meanings[spelling]
        shares[meaning] = shares.get(meaning, 0.0) + count / total
    return shares


def _repeats(profile: TableProfile, figures: dict[str, Any], portion: int) -> None:
    for rule, prefix in (("key_repeat", "key"), ("natural_repeat", "content")):
        if f"{prefix}_rows|" in figures:
            rows = int(figures[f"{prefix}_rows|"])
            values = int(figures[f"{prefix}_values|"])
            profile.checks[f"{rule}|"] = Check((rows - values) * portion, rows * portion)
    if figures.get("lag|") is not None:
        profile.lag_hours = float(figures["lag|"]) / 3600
        profile.lag_rows = int(figures["lag_rows|"])


def _partitions(connection: duckdb.DuckDBPyConnection, plan: Plan, relation: str) -> Partitions:
    day = event_time(plan) or load_time(plan)
    values = ", ".join(quoted(f"r_{name}") for name in plan.columns)
    found = connection.execute(
        f"with typed as ({plan.typed_rows(relation)})"
        f" select {f'cast({day} as date)' if day else 'null'}, count(*),"
        f" cast(sum(hash({values})) % {HASH_RANGE} as ubigint) from typed group by 1"
    ).fetchall()
    return {
        "" if date is None else date.isoformat(): (int(rows), int(total))
        for date, rows, total in found
    }


def first_rows(
    connection: duckdb.DuckDBPyConnection, plan: Plan, relation: str, key: str, limit: int = 3
) -> tuple[int, ...]:
    """The numbers of the first rows on which a check fails, counted from one."""
    condition = plan.conditions.get(key)
    if condition is None:
        return ()
    rows = plan.typed_rows(relation, ", row_number() over () as row_of_file")
    found = connection.execute(
        f"with typed as ({rows}) select row_of_file from typed where {condition}"
        f" order by row_of_file limit {limit}"
    ).fetchall()
    return tuple(int(row[0]) for row in found)
