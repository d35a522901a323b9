"""What is counted in one file: the figures and conditions of its aggregate query."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.lib.gate.columns import Resolved, is_readable_type, resolve, typed_sql
from scripts.lib.gate.reader import Reader
from scripts.lib.gate.staging_sql import NUMBERS_WITHOUT_VALUE, literal, quoted
from scripts.lib.source_contract import ContractTable

NUMBERS = ("integer", "bigint", "double")
SIGNS = (
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f"
    "\\x{200b}-\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]"
)


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
    if event := event_time(plan):
        days = reader.config.rule("recent_shift", plan.table.name, name).limit("days")
        recent = f"filter (where {event} >= {reader.moment(-24 * days, from_reference=True)})"
        plan.aggregates[f"recent_median|{name}"] = f"median({typed}) {recent}"
        plan.aggregates[f"recent_filled|{name}"] = f"count({typed}) {recent}"


def event_time(plan: Plan) -> str | None:
    """The time of a row's event, for SQL."""
    for name in plan.table.event_at:
        if name in plan.columns:
            return f"cast({_t(name)} as timestamp)"
    return None


def load_time(plan: Plan) -> str | None:
    """The time at which a row was loaded, for SQL."""
    name = plan.table.loaded_at
    return _t(name) if name and name in plan.columns else None


def _plan_times(reader: Reader, plan: Plan) -> None:
    rule = reader.config.rule
    table = plan.table.name
    floor = f"timestamp '{reader.epoch_floor}'"
    loaded, event = load_time(plan), event_time(plan)
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
    loaded = load_time(plan)
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
