"""The numbers that the rules judge: one aggregate query per file, and one over its days."""

from __future__ import annotations

import csv
import datetime as dt
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.gate.config import GateConfig
from scripts.lib.gate.records import Check, ColumnProfile, LandedFile, Partitions, TableProfile
from scripts.lib.gate.staging_sql import (
    NUMBERS_WITHOUT_VALUE,
    StagingSql,
    literal,
    quoted,
    staging_family,
    staging_sql,
)
from scripts.lib.raw_files import RawTable, column_named
from scripts.lib.settings import Settings, project_vars
from scripts.lib.source_contract import ContractColumn, ContractTable

NUMBERS = ("integer", "bigint", "double")
# Of larger tables a share of the keys is counted, and every row of these keys.
COUNTED_KEYS = 200_000
HASH_RANGE = 2**64
SIGNS = (
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f"
    "\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]"
)


@dataclass(frozen=True)
class Reader:
    """What is the same for every file of a run."""

    config: GateConfig
    sql: StagingSql
    enums: dict[str, dict[str, str]]
    as_of: dt.date
    started_at: dt.datetime
    reference: dt.datetime
    epoch_floor: str
    meanings: dict[tuple[str, str], dict[str, str]]
    described: dict[tuple[Path, ...], dict[str, str]] = field(default_factory=dict)

    def moment(self, hours: float = 0, *, from_reference: bool = False) -> str:
        """A moment near the run's start, for SQL."""
        start = self.reference if from_reference else self.started_at
        return f"timestamp '{start + dt.timedelta(hours=hours):%Y-%m-%d %H:%M:%S}'"


def make_reader(
    settings: Settings,
    config: GateConfig,
    tables: list[ContractTable],
    as_of: dt.date,
    started_at: dt.datetime,
) -> Reader:
    """Read what the profiles of a run depend on."""
    start = started_at.astimezone(dt.UTC).replace(tzinfo=None) if started_at.tzinfo else started_at
    end_of_day = dt.datetime.combine(as_of, dt.time()) + dt.timedelta(days=1)
    enums: dict[str, dict[str, str]] = {"currency": {}}
    folder = settings.root / "seeds" / "mappings"
    for row in _rows(folder / "enum_mappings.csv"):
        enums.setdefault(row["enum_name"], {})[row["raw_value"]] = row["canonical_value"]
    for row in _rows(folder / "currencies.csv"):
        enums["currency"][row["currency"]] = row["currency"]
    return Reader(
        config=config,
        sql=staging_sql(settings.root),
        enums=enums,
        as_of=as_of,
        started_at=start,
        reference=min(start, end_of_day),
        epoch_floor=str(project_vars(settings.root).get("source_epoch_floor", "2000-01-01")),
        meanings={
            (table.name, column.name): enums.get(column.rules["enum"], {})
            for table in tables
            for column in table.columns
            if column.rules.get("enum")
        },
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@dataclass(frozen=True)
class Resolved:
    """A column of the contract as it is in one file."""

    expected: ContractColumn
    raw: str
    data_type: str
    family: str

    @property
    def name(self) -> str:
        """The contract's name."""
        return self.expected.name


@dataclass
class Plan:
    """The query of one file: its columns, what is counted, and each condition by its check."""

    table: ContractTable
    raw_columns: dict[str, str]
    columns: dict[str, Resolved] = field(default_factory=dict)
    selected: dict[str, str] = field(default_factory=dict)
    conditions: dict[str, str] = field(default_factory=dict)
    bases: dict[str, str] = field(default_factory=dict)
    aggregates: dict[str, str] = field(default_factory=dict)

    def check(self, rule: str, column: str | None, condition: str, base: str = "count(*)") -> None:
        """Count the rows on which a condition holds."""
        key = f"{rule}|{column or ''}"
        self.conditions[key] = condition
        self.bases[key] = base

    def typed_rows(self, relation: str, more: str = "") -> str:
        """The file's rows with typed columns."""
        columns = ", ".join(f"{sql} as {name}" for name, sql in self.selected.items())
        return f"select {columns}{more} from {relation}"


def resolve(table: ContractTable, raw_columns: dict[str, str]) -> dict[str, Resolved]:
    """The contract's columns that a file has, under whatever spelling."""
    found = {}
    for column in table.columns:
        raw = column_named(raw_columns, column.name, *column.aliases)
        if raw is not None:
            data_type = raw_columns[raw]
            found[column.name] = Resolved(column, raw, data_type, staging_family(data_type))
    return found


def is_readable_type(column: Resolved) -> bool:
    """Whether values of the file's type can mean the contract's at all, as staging sees it."""
    from scripts.lib.doctor.raw import is_castable

    family = {"float": "number", "decimal": "number", "integer": "number"}.get(
        column.family, column.family
    )
    return is_castable({"timestamptz": "timestamp"}.get(family, family), column.expected)


def make_plan(reader: Reader, table: ContractTable, raw_columns: dict[str, str]) -> Plan:
    """Everything that is counted in one file of a table."""
    plan = Plan(table, raw_columns)
    for name, column in resolve(table, raw_columns).items():
        if is_readable_type(column):
            plan.columns[name] = column
            _select(reader, plan, column)
    for column in plan.columns.values():
        _plan_column(reader, plan, column)
    _plan_times(reader, plan)
    _plan_rows(reader, plan)
    for key, condition in plan.conditions.items():
        plan.aggregates[f"bad|{key}"] = f"count(*) filter (where {condition})"
        plan.aggregates[f"base|{key}"] = plan.bases[key]
    return plan


def _t(name: str) -> str:
    return quoted(f"t_{name}")


def typed_sql(reader: Reader, column: Resolved) -> str:
    """A column's value as staging reads it, before its enumeration is mapped."""
    rules = column.expected.rules
    value = reader.sql.typed(
        quoted(column.raw),
        column.family,
        column.expected.data_type,
        is_verbatim=bool(rules.get("verbatim")),
    )
    return reader.sql.snake_case(value) if rules.get("enum") else value


def _select(reader: Reader, plan: Plan, column: Resolved) -> None:
    plan.selected[_t(column.name)] = typed_sql(reader, column)
    plan.selected[quoted(f"r_{column.name}")] = quoted(column.raw)


def _plan_column(reader: Reader, plan: Plan, column: Resolved) -> None:
    name, expected = column.name, column.expected
    typed, raw = _t(name), quoted(f"r_{name}")
    plan.aggregates[f"filled|{name}"] = f"count({typed})"
    failure = _parse_failure(reader, column, typed, raw)
    if failure:
        given = f"trim({raw}) <> ''" if column.family == "text" else f"{raw} is not null"
        plan.check("unparsable", name, failure, f"count(*) filter (where {given})")
    absent = f"{typed} is null" + (f" and not coalesce({failure}, false)" if failure else "")
    if name in plan.table.key:
        plan.check("key_null", name, absent)
    elif expected.is_required:
        plan.check("required_null", name, absent)
    if expected.data_type in NUMBERS:
        _plan_number(reader, plan, column, typed, raw)
    elif expected.data_type == "boolean":
        plan.aggregates[f"true|{name}"] = f"avg(cast({typed} as integer))"
    if column.family == "text":
        characters = int(reader.config.rule("text_size", plan.table.name, name).limit("characters"))
        plan.check("text_size", name, f"strlen({raw}) > {characters}")
    if name in reader.config.names.get(plan.table.name, ()) and column.family == "text":
        plan.check("control_characters", name, f"regexp_matches({raw}, '{SIGNS}')")
    known = reader.enums.get(str(expected.rules.get("enum")), {})
    if known:
        listed = ", ".join(map(literal, known))
        plan.aggregates[f"shares|{name}"] = (
            f"histogram({typed}) filter (where {typed} in ({listed}))"
        )
        if expected.rules.get("otherwise") != "keep":
            rule = "enum_other" if expected.rules.get("otherwise") else "enum_unknown"
            condition = f"{typed} is not null and {typed} not in ({listed})"
            plan.check(rule, name, condition, f"count({typed})")


def _parse_failure(reader: Reader, column: Resolved, typed: str, raw: str) -> str | None:
    """When staging would set a row aside because this value does not parse."""
    kind = column.expected.data_type
    if column.family == "text" and kind != "varchar":
        text = f"lower(trim({raw}))"
        return f"{text} <> '' and {typed} is null and {text} not in ({NUMBERS_WITHOUT_VALUE})"
    if column.family in ("float", "integer", "decimal") and kind not in ("varchar", "double"):
        given = reader.sql.finite(raw) if column.family == "float" else raw
        return f"{given} is not null and {typed} is null"
    return None


def _plan_number(reader: Reader, plan: Plan, column: Resolved, typed: str, raw: str) -> None:
    name, rules = column.name, column.expected.rules
    if column.family == "float":
        plan.check("not_finite", name, f"not isfinite({raw})", f"count({raw})")
    elif column.family == "text":
        words = NUMBERS_WITHOUT_VALUE.replace(", 'null'", "")
        given = f"count(*) filter (where trim({raw}) <> '')"
        plan.check("not_finite", name, f"lower(trim({raw})) in ({words})", given)
    outside = [
        f"{typed} {sign} {rules[limit]}"
        for limit, sign in (("minimum", "<"), ("maximum", ">"))
        if rules.get(limit) is not None
    ]
    if outside:
        plan.check("out_of_range", name, " or ".join(outside), f"count({typed})")
    for figure, sql in (("low", "min"), ("high", "max"), ("median", "median")):
        plan.aggregates[f"{figure}|{name}"] = f"{sql}({typed})"
    if event := _event(plan):
        days = reader.config.rule("recent_shift", plan.table.name, name).limit("days")
        recent = f"filter (where {event} >= {reader.moment(-24 * days, from_reference=True)})"
        plan.aggregates[f"recent_median|{name}"] = f"median({typed}) {recent}"
        plan.aggregates[f"recent_filled|{name}"] = f"count({typed}) {recent}"


def _event(plan: Plan) -> str | None:
    """The time of a row's event, for SQL."""
    for name in plan.table.event_at:
        if name in plan.columns:
            return f"cast({_t(name)} as timestamp)"
    return None


def _loaded(plan: Plan) -> str | None:
    name = plan.table.loaded_at
    return _t(name) if name and name in plan.columns else None


def _plan_times(reader: Reader, plan: Plan) -> None:
    rule = reader.config.rule
    table = plan.table.name
    floor = f"timestamp '{reader.epoch_floor}'"
    loaded, event = _loaded(plan), _event(plan)
    for name in plan.table.event_at:
        if name not in plan.columns:
            continue
        moment = f"cast({_t(name)} as timestamp)"
        latest = reader.moment(rule("future_event", table, name).limit("hours"))
        plan.check("future_event", name, f"{moment} > {latest}", f"count({_t(name)})")
        plan.check("ancient_event", name, f"{moment} < {floor}", f"count({_t(name)})")
    if event:
        hours = rule("future_event", table).limit("hours")
        known = f"filter (where {event} >= {floor} and {event} <= {reader.moment(hours)})"
        plan.aggregates["min_event|"] = f"min({event}) {known}"
        plan.aggregates["max_event|"] = f"max({event}) {known}"
    if loaded:
        latest = reader.moment(rule("future_load", table).limit("hours"))
        name = str(plan.table.loaded_at)
        plan.check("future_load", name, f"{loaded} > {latest}", f"count({loaded})")
        plan.aggregates["min_loaded|"] = f"min({loaded})"
        plan.aggregates["max_loaded|"] = f"max({loaded}) filter (where {loaded} <= {latest})"
    first = plan.table.event_at[0] if plan.table.event_at else None
    if loaded and event and first:
        hours = rule("event_after_load", table, first).limit("hours")
        late = f"{event} > {loaded} + interval {hours:g} hour"
        plan.check("event_after_load", first, late, f"count({event})")
        since = reader.moment(-24 * 28, from_reference=True)
        plan.aggregates["lag|"] = (
            f"quantile_disc(epoch({loaded} - {event}), 0.05)"
            f" filter (where {event} >= {since} and {loaded} <= {reader.moment(24)})"
        )
        plan.aggregates["lag_rows|"] = f"count(*) filter (where {event} >= {since})"
    for earlier, later in reader.config.date_orders.get(table, ()):
        if earlier in plan.columns and later in plan.columns:
            both = f"{_t(earlier)} is not null and {_t(later)} is not null"
            # A day has no hour: it is compared as a day.
            day = "date" in (
                plan.columns[earlier].expected.data_type, plan.columns[later].expected.data_type,
            )  # fmt: skip
            kind = "date" if day else "timestamp"
            wrong = f"cast({_t(later)} as {kind}) < cast({_t(earlier)} as {kind})"
            plan.check("date_order", later, wrong, f"count(*) filter (where {both})")


def _plan_rows(reader: Reader, plan: Plan) -> None:
    """Repeated keys, repeated contents, and a look at the columns that staging never reads."""
    loaded = _loaded(plan)
    keys = [_t(name) for name in plan.table.key if name in plan.columns]
    if len(keys) == len(plan.table.key):
        plan.selected["key_hash"] = f"hash({', '.join(plan.selected[key] for key in keys)})"
        present = " and ".join(f"{key} is not null" for key in keys)
        counted = f"filter (where {present} and key_hash % :portion = 0)"
        load = f"hash(key_hash, {loaded})" if loaded else "key_hash"
        plan.aggregates["key_rows|"] = f"count(*) {counted}"
        plan.aggregates["key_values|"] = f"count(distinct {load}) {counted}"
    natural = [
        _t(name) for name in reader.config.natural_keys.get(plan.table.name, ())
        if name in plan.columns
    ]  # fmt: skip
    if natural and keys:
        plan.selected["content_hash"] = f"hash({', '.join(plan.selected[key] for key in natural)})"
        counted = f"filter (where {natural[0]} is not null and content_hash % :portion = 0)"
        plan.aggregates["content_rows|"] = f"count(distinct hash(content_hash, key_hash)) {counted}"
        plan.aggregates["content_values|"] = f"count(distinct content_hash) {counted}"
    others = [quoted(name) for name in plan.raw_columns if name not in _raw_names(plan)]
    if others:
        plan.selected["other_hash"] = f"hash({', '.join(others)})"
        plan.aggregates["others|"] = "max(other_hash)"


def _raw_names(plan: Plan) -> set[str]:
    return {column.raw for column in plan.columns.values()}


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
    day = _event(plan) or _loaded(plan)
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
