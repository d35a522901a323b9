"""What a comparison says in words, the same for the terminal and for a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scripts.lib import console as ui

SHOWN_CHANGES = 6
SHOWN_METRICS = 8
SHOWN_MONTHS = 12
CAUSES = {
    "scale": "other scale", "gain": "other gain", "base": "other base", "gate": "gate",
    "clamp": "ends of the scale", "override": "override",
}  # fmt: skip


def change_lines(difference: dict[str, Any]) -> list[str]:
    """The first rows of a seed that differ."""
    changes = difference["changes"]
    lines = [_change(change) for change in changes[:SHOWN_CHANGES]]
    if len(changes) > SHOWN_CHANGES:
        lines.append(f"and {len(changes) - SHOWN_CHANGES:,} rows more")
    return lines


def _change(change: dict[str, Any]) -> str:
    before, after = change["before"], change["after"]
    if before is None:
        return f"{change['key']} new: {_values(after)}".strip()
    if after is None:
        return f"{change['key']} gone: {_values(before)}".strip()
    parts = [f"{name} {before[name] or 'none'} → {after[name] or 'none'}" for name in after]
    return f"{change['key']} {', '.join(parts)}".strip()


def _values(row: dict[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if value)


def book_lines(document: dict[str, Any]) -> list[str]:
    """The whole in two or three sentences."""
    found, order = document["book"], document["rank_correlation"]
    lines = [
        f"{found['accounts']:,} accounts scored, ARR {ui.money(found['arr'])}."
        f" {found['moved']:,} scores move, on average by {ui.number(found['mean_move'])} and at"
        f" most by {ui.number(found['largest_move'])} points; the mean goes from"
        f" {ui.number(found['published_mean'])} to {ui.number(found['candidate_mean'])}.",
        _bands(found),
    ]
    if order["now"] is not None:
        lines.append(
            f"Rank correlation {correlation(order['now'])}; over"
            f" {document['history']['dates']:,} dates the middle one is"
            f" {correlation(order['median'])}, the lowest {correlation(order['lowest'])}"
            f" on {order['lowest_date']}."
        )
    if found["other_card"]:
        lines.append(f"{found['other_card']:,} accounts are scored by another card.")
    return lines


def _bands(found: dict[str, Any]) -> str:
    if not found["other_band"]:
        return "No account changes band."
    return (
        f"{found['other_band']:,} accounts change band (ARR {ui.money(found['other_band_arr'])}):"
        f" {found['better']:,} to a better one (ARR {ui.money(found['better_arr'])}),"
        f" {found['worse']:,} to a worse one (ARR {ui.money(found['worse_arr'])})."
    )


def correlation(value: float | None) -> str:
    """A correlation with three decimals; what is not 1 does not read as 1."""
    if value is None:
        return "-"
    return "1" if value == 1 else f"{min(value, 0.999):.3f}"


def reason(row: dict[str, Any]) -> str:
    """What is responsible for the move of an account, and why."""
    found = row["reason"]
    points = f"{found['points']:+.1f}"
    if found["metric_id"] is None:
        return f"{points} {CAUSES[found['cause']]}"
    why = CAUSES.get(found["cause"])
    if why is None:
        before, after = found["published_weight"], found["candidate_weight"]
        why = f"weight {_weight(before)} → {_weight(after)}"
    return f"{points} {found['name']}: {why}"


def _weight(share: float) -> str:
    return ui.percent(share, 0 if share == 0 else 1)


def alert_lines(document: dict[str, Any]) -> list[str]:
    """The alerts of the whole history in a sentence."""
    total = {
        name: sum(row[name] for row in document["alerts"])
        for name in ("published", "candidate", "both", "new", "gone")
    }
    return [
        f"{total['candidate']:,} alerts would have fired, {total['published']:,} did:"
        f" {total['new']:,} are new, {total['gone']:,} gone, {total['both']:,} the same."
    ]


def loss_lines(document: dict[str, Any]) -> list[str]:
    """How the accounts that left were scored before."""
    found = document["losses"]
    lines = [
        f"{row['days_before']} days before it left, {row['candidate_alarms']} of {row['accounts']}"
        f" accounts needed attention ({row['published_alarms']} as published); mean score"
        f" {ui.number(row['candidate_mean'])} ({ui.number(row['published_mean'])})."
        for row in found["leads"]
        if row["accounts"]
    ]
    chances = found["chances"]
    if chances["published"] is not None:
        lines.append(
            f"Of two accounts, the one that leaves within {found['horizon_days']} days has the"
            f" lower score in {ui.percent(chances['candidate'], 1)} of cases"
            f" ({ui.percent(chances['published'], 1)} as published)."
        )
    return lines or ["No account that left was scored before."]


def last_months(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months that are shown."""
    return list(rows[-SHOWN_MONTHS:])
