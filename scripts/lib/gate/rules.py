"""The rules as pure functions: profiles in, findings out. No value of any row is ever named."""

from __future__ import annotations

import datetime as dt
import statistics
from dataclasses import dataclass, field

from scripts.lib.gate.config import GateConfig, Rule
from scripts.lib.gate.history import Entry, usual_median, usual_rows
from scripts.lib.gate.profile import Resolved, is_readable_type, resolve
from scripts.lib.gate.records import WARN, Check, GateFinding, Partitions, TableProfile
from scripts.lib.gate.staging_sql import staging_family
from scripts.lib.source_contract import ContractTable

HALF = 0.5
LONGEST_NAME = 60
EXPORT = "Export the table again; the next run takes it by itself"
SET_ASIDE = "Staging sets these rows aside; correct them in the source, or raise the limit"
CHANGED = "Export it as before, or raise the rule's limit in config/source_gate.yml if this is real"

# What a share of rows is said to be, and what to do about it.
SHARE_TEXTS: dict[str, tuple[str, str]] = {
    "key_null": ("have no key", SET_ASIDE),
    "required_null": ("have no value, which is required", SET_ASIDE),
    "key_repeat": ("repeat the key and load time of another row", EXPORT),
    "natural_repeat": ("repeat the content of another row under a new id", EXPORT),
    "unparsable": ("cannot be read as the type of the contract", SET_ASIDE),
    "not_finite": ("are NaN or infinite", "Staging reads them as missing; correct the source"),
    "out_of_range": ("are outside the range of the contract", SET_ASIDE),
    "enum_unknown": (
        "are of a kind that no mapping knows",
        "Add the new spellings to seeds/mappings/enum_mappings.csv",
    ),
    "enum_other": (
        "are counted as other",
        "Add the new spellings to seeds/mappings/enum_mappings.csv",
    ),
    "date_order": ("lie before the date that they should follow", CHANGED),
    "future_event": ("lie after this run began", SET_ASIDE),
    "future_load": ("were loaded after this run began", "Correct the clock of the loader"),
    "ancient_event": ("lie before source_epoch_floor", SET_ASIDE),
    "event_after_load": ("happened after they were loaded", "Export times in UTC"),
    "text_size": ("hold a text that is far too long", "Cut the text in the export"),
    "control_characters": ("hold control or direction signs", "Clean the names in the source"),
}


@dataclass(frozen=True)
class Judged:
    """One table of an export, with all that it is compared with."""

    config: GateConfig
    table: ContractTable
    profile: TableProfile
    partitions: Partitions
    accepted: TableProfile | None = None
    accepted_partitions: Partitions = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)
    as_of: dt.date = dt.date.min
    reference: dt.datetime = dt.datetime.min

    def rule(self, rule_id: str, column: str | None = None) -> Rule:
        """The rule as it holds for this table."""
        return self.config.rule(rule_id, self.table.name, column)

    def finding(
        self,
        rule: Rule,
        message: str,
        advice: str,
        *,
        column: str | None = None,
        check: Check | None = None,
        action: str | None = None,
        row_count: int = 0,
    ) -> GateFinding:
        """A finding about this table."""
        return GateFinding(
            rule_id=rule.rule_id,
            action=action or rule.action,
            system=self.table.system,
            table=self.table.table,
            column=column,
            file=self.profile.file,
            row_count=check.bad if check else row_count,
            first_rows=check.first_rows if check else (),
            message=message,
            advice=advice,
        )


def judge(table: Judged) -> list[GateFinding]:
    """Everything that the rules find in one table by itself and against its history."""
    if table.profile.rows == 0:
        return [*schema_findings(table), *empty_findings(table)]
    return [
        *schema_findings(table),
        *share_findings(table),
        *emptied_findings(table),
        *volume_findings(table),
        *day_findings(table),
        *time_findings(table),
        *value_findings(table),
        *changed_findings(table),
    ]


def column_findings(
    config: GateConfig, table: ContractTable, raw_columns: dict[str, str], file: str
) -> list[GateFinding]:
    """Columns of one file that staging would refuse: missing, or of a type that cannot mean it."""
    judged = Judged(config, table, TableProfile(table.system, table.table, file, "", 0), {})
    resolved = resolve(table, raw_columns)
    findings = []
    for column in table.columns:
        found = resolved.get(column.name)
        if found is None:
            if column.is_required:
                findings.append(_missing(judged, column.name))
        elif not is_readable_type(found):
            findings.append(_wrong_type(judged, found))
    return findings


def _missing(table: Judged, column: str) -> GateFinding:
    return table.finding(
        table.rule("column_missing", column),
        f"the required column {column} of {table.table.name} is missing",
        f"Export it, or add its other name to its aliases in {table.table.contract_file}",
        column=column,
    )


def _wrong_type(table: Judged, found: Resolved) -> GateFinding:
    wanted = found.expected.data_type
    return table.finding(
        table.rule("column_type", found.name),
        f"column {found.name} of {table.table.name} is of the type"
        f" {_short(found.data_type)}, which cannot become {wanted}",
        f"Export it as {wanted}, or correct data_type in {table.table.contract_file}",
        column=found.name,
    )


def _short(data_type: str) -> str:
    """A type without the names of what is nested in it."""
    return data_type.split("(")[0]


def _plain(name: str) -> str:
    """A column's name as a message may show it."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:LONGEST_NAME]


def schema_findings(table: Judged) -> list[GateFinding]:
    """Columns that came, went or changed their type since the last accepted export."""
    if table.accepted is None:
        return []
    findings = []
    names = {column.raw for column in table.accepted.columns.values()}
    for name, before in table.accepted.columns.items():
        now = table.profile.columns.get(name)
        if now is None:
            rule = table.rule("column_gone", name)
            message = f"the optional column {name} of {table.table.name} is gone"
            findings.append(table.finding(rule, message, CHANGED, column=name))
        elif staging_family(now.data_type) != staging_family(before.data_type):
            message = (
                f"column {name} of {table.table.name} has become {_short(now.data_type)};"
                f" it was {_short(before.data_type)}"
            )
            rule = table.rule("type_changed", name)
            findings.append(table.finding(rule, message, CHANGED, column=name))
    known = set(table.accepted.raw_columns) | {c.raw for c in table.profile.columns.values()}
    for name in table.profile.raw_columns:
        if name not in known:
            message = (
                f"column {_plain(name)} of {table.table.name} is new, and no contract names it"
            )
            advice = f"Add it to {table.table.contract_file} if staging should read it"
            findings.append(table.finding(table.rule("column_added"), message, advice, column=name))
    for name in table.accepted.raw_columns:
        if name not in names and name not in table.profile.raw_columns:
            message = (
                f"column {_plain(name)} of {table.table.name} is gone; staging does not read it"
            )
            rule = table.rule("column_gone", name)
            findings.append(table.finding(rule, message, CHANGED, column=name, action=WARN))
    return findings


def empty_findings(table: Judged) -> list[GateFinding]:
    """A table without rows: harmless where it never had any."""
    had_rows = table.accepted is not None and table.accepted.rows > 0
    rule = table.rule("empty")
    action = rule.action if had_rows or table.table.is_required else WARN
    return [table.finding(rule, f"{table.table.name} has no rows", EXPORT, action=action)]


def share_findings(table: Judged) -> list[GateFinding]:
    """Rules about rows: too many block, a few are told."""
    findings = []
    for key, check in table.profile.checks.items():
        rule_id, _, column = key.partition("|")
        found = share_finding(table, table.rule(rule_id, column or None), check, column or None)
        if found:
            findings.append(found)
    return findings


def passes(rule: Rule, check: Check) -> bool:
    """Whether so many values break a rule that it acts."""
    many = check.share > rule.limit("share") and check.bad >= rule.limit("rows")
    return bool(check.bad) and (many or check.share > HALF)


def share_finding(
    table: Judged, rule: Rule, check: Check, column: str | None
) -> GateFinding | None:
    """The finding of one rule about rows, or nothing."""
    if not check.bad:
        return None
    acts = passes(rule, check)
    if not acts and check.share <= rule.limit("notice"):
        return None
    what, advice = SHARE_TEXTS[rule.rule_id]
    place = f"column {column} of {table.table.name}" if column else table.table.name
    message = (
        f"{place}: {check.bad:,} of {check.base:,} values {what}"
        f" ({check.share:.2%}; limit {rule.limit('share'):.2%})"
    )
    action = rule.action if acts else WARN
    return table.finding(rule, message, advice, column=column, check=check, action=action)


def emptied_findings(table: Judged) -> list[GateFinding]:
    """Columns that were filled and are not any more."""
    findings: list[GateFinding] = []
    before = table.accepted
    if before is None or not before.rows:
        return findings
    for name, column in table.profile.columns.items():
        rule = table.rule("column_emptied", name)
        if name not in before.columns or table.profile.rows < rule.limit("rows"):
            continue
        was = before.columns[name].filled / before.rows
        share = column.filled / table.profile.rows
        if was >= rule.limit("filled") and share < was * rule.limit("ratio"):
            message = (
                f"column {name} of {table.table.name} is filled in {share:.1%} of the rows;"
                f" it was in {was:.1%}"
            )
            findings.append(table.finding(rule, message, EXPORT, column=name))
    return findings


def volume_findings(table: Judged) -> list[GateFinding]:
    """Far fewer or far more rows than on this weekday and than last time."""
    usual = usual_rows(table.history, table.as_of)
    if usual is None or table.accepted is None:
        return []
    rule = table.rule("volume")
    rows, last = table.profile.rows, table.accepted.rows
    if max(rows, usual) < rule.limit("rows") or not usual or not last:
        return []
    is_low = max(rows / usual, rows / last) < rule.limit("low")
    is_high = min(rows / usual, rows / last) > rule.limit("high")
    if not is_low and not is_high:
        return []
    message = (
        f"{table.table.name} has {rows:,} rows, {rows / usual:.0%} of the usual {usual:,.0f}"
        f" (limits {rule.limit('low'):.0%} and {rule.limit('high'):.0%})"
    )
    return [table.finding(rule, message, CHANGED, row_count=rows)]


def day_findings(table: Judged) -> list[GateFinding]:
    """Finished days of events that are nothing like their weekday."""
    rule = table.rule("daily_volume")
    if not table.table.event_at or not table.profile.max_loaded:
        return []
    loaded = dt.datetime.fromisoformat(table.profile.max_loaded)
    end = min(table.reference, loaded).date()
    start = end - dt.timedelta(days=int(rule.limit("days")))
    if table.accepted and table.accepted.max_event:
        seen = dt.datetime.fromisoformat(table.accepted.max_event).date()
        start = max(start, seen)
    counts = {day: rows for day, (rows, _) in table.partitions.items()}
    wrong: list[tuple[dt.date, int, float]] = []
    for offset in range((end - start).days):
        day = start + dt.timedelta(days=offset)
        usual = statistics.median(
            counts.get((day - dt.timedelta(weeks=week)).isoformat(), 0)
            for week in range(1, int(rule.limit("weeks")) + 1)
        )
        rows = counts.get(day.isoformat(), 0)
        is_off = rows < usual * rule.limit("low") or rows > usual * rule.limit("high")
        if usual >= rule.limit("rows") and is_off:
            wrong.append((day, rows, usual))
    if not wrong:
        return []
    day, rows, usual = wrong[-1]
    message = (
        f"{table.table.name} has {rows:,} rows on {day}, where {usual:,.0f} are usual"
        f" ({len(wrong)} such days)"
    )
    return [table.finding(rule, message, CHANGED, row_count=rows)]


def time_findings(table: Judged) -> list[GateFinding]:
    """A newest row that is older than before, and a path from event to load that grew."""
    findings: list[GateFinding] = []
    before = table.accepted
    if before is None:
        return findings
    rule = table.rule("went_back")
    for what, old, new in (
        ("load", before.max_loaded, table.profile.max_loaded),
        ("event", before.max_event, table.profile.max_event),
    ):
        if old is None:
            continue
        last = dt.datetime.fromisoformat(new) if new else dt.datetime.min
        if dt.datetime.fromisoformat(old) - last > dt.timedelta(hours=rule.limit("hours")):
            message = f"the newest {what} of {table.table.name} is {new or 'none'}; it was {old}"
            findings.append(table.finding(rule, message, EXPORT))
    lag = table.rule("lag_shift")
    if before.lag_hours is not None and table.profile.lag_hours is not None:
        grown = table.profile.lag_hours - before.lag_hours
        enough = min(before.lag_rows, table.profile.lag_rows) >= lag.limit("rows")
        if enough and grown > lag.limit("hours"):
            message = f"from event to load {table.table.name} takes {grown:.1f} hours more"
            findings.append(table.finding(lag, message, "Check the clock and the zone of times"))
    return findings


def value_findings(table: Judged) -> list[GateFinding]:
    """Numbers in another unit, and flags or statuses that turned over."""
    findings: list[GateFinding] = []
    for name, now in table.profile.columns.items():
        before = table.accepted.columns.get(name) if table.accepted else None
        usual = usual_median(table.history, name)
        for rule_id, filled, new, old in (
            ("median_shift", now.filled, now.median, usual),
            ("recent_shift", now.recent_filled, now.recent_median, now.median),
        ):
            rule = table.rule(rule_id, name)
            if not new or not old or filled < rule.limit("rows"):
                continue
            ratio = new / old
            # Two sides of the limit: twice as much, or half.
            if ratio < 0 or not 1 / rule.limit("ratio") <= ratio <= rule.limit("ratio"):
                message = (
                    f"the typical value of column {name} of {table.table.name} is {ratio:.3g} times"
                    f" that of {'before' if rule_id == 'median_shift' else 'its older rows'}"
                )
                advice = "Check the unit of the column (cents, hours, percent)"
                findings.append(table.finding(rule, message, advice, column=name))
        if before is None:
            continue
        rule = table.rule("share_shift", name)
        if now.shares and before.shares and min(now.filled, before.filled) >= rule.limit("rows"):
            moved = max(
                abs(now.shares.get(kind, 0.0) - before.shares.get(kind, 0.0))
                for kind in {*now.shares, *before.shares}
            )
            if moved > rule.limit("difference"):
                message = f"in column {name} of {table.table.name} a kind moved by {moved:.0%}"
                findings.append(table.finding(rule, message, CHANGED, column=name))
        rule = table.rule("largest_value", name)
        if now.high and before.high and before.high > 0:
            ratio = now.high / before.high
            if ratio > rule.limit("ratio"):
                message = (
                    f"the largest value of column {name} of {table.table.name} is {ratio:.3g} times"
                    " the largest before"
                )
                findings.append(table.finding(rule, message, CHANGED, column=name))
    return findings


def changed_days(new: Partitions, old: Partitions) -> list[dt.date]:
    """The days of which any row was added, changed or removed."""
    return sorted(
        dt.date.fromisoformat(day) for day in {*new, *old} if day and new.get(day) != old.get(day)
    )


def changed_findings(table: Judged) -> list[GateFinding]:
    """Days beyond the usual delay whose rows are not those that were accepted."""
    if not table.accepted_partitions:
        return []
    rule = table.rule("changed_rows")
    limit = table.reference.date() - dt.timedelta(days=int(rule.limit("days")))
    days = [day for day in changed_days(table.partitions, table.accepted_partitions) if day < limit]
    if not days:
        return []
    message = (
        f"{table.table.name} has changed on {len(days):,} older days, from {days[0]} to {days[-1]}"
    )
    advice = "Nothing to do: these dates are recomputed"
    return [table.finding(rule, message, advice, row_count=len(days))]
