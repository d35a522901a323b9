"""Rules about what moved since the exports before: columns, volumes, times, values, old days."""

from __future__ import annotations

import datetime as dt
import statistics

from scripts.lib.gate.history import usual_median, usual_rows
from scripts.lib.gate.judged import CHANGED, EXPORT, Judged
from scripts.lib.gate.records import GateFinding, Partitions


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
