"""What a comparison says in words, the same for the terminal and for a pull request."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scripts.lib import console as ui
from scripts.lib.simulation.compare import SMALLEST_SHOWN

SHOWN_CHANGES = 6
SHOWN_METRICS = 8
SHOWN_MONTHS = 12
LEADS = ("days before", "accounts", "alarmed", "then", "mean score", "then")
MOVES_NOTE = "with what moved each most; shares are its weight in the score"
CAUSES = {
    "yardstick": "other yardstick", "gain": "other gain", "base": "other base", "gate": "gate",
    "clamp": "ends of the scale", "override": "override",
}  # fmt: skip


def counted(number: int, thing: str) -> str:
    """A number of things."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def change_lines(difference: dict[str, Any]) -> list[str]:
    """The first rows of a seed that differ."""
    changes = difference["changes"]
    lines = [_change(change) for change in changes[:SHOWN_CHANGES]]
    if len(changes) > SHOWN_CHANGES:
        lines.append(f"and {counted(len(changes) - SHOWN_CHANGES, 'row')} more")
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
        f"{counted(found['accounts'], 'account')} eligible, ARR {ui.money(found['arr'])}."
        f" {counted(found['moved'], 'score')} changed, by {ui.number(found['mean_move'])} points in"
        f" the mean of all and by {ui.number(found['largest_move'])} at most; the mean goes from"
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
        lines.append(f"{counted(found['other_card'], 'account')} scored by another card.")
    return lines


def _bands(found: dict[str, Any]) -> str:
    if not found["other_band"]:
        return "No account changes band."
    return (
        f"{counted(found['other_band'], 'account')} in another band"
        f" (ARR {ui.money(found['other_band_arr'])}):"
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
        why = f"{_weight(before)} → {_weight(after)}"
    return f"{points} {found['name']}, {why}"


def _weight(share: float) -> str:
    return ui.percent(share, 0 if share == 0 else 1)


def alert_lines(document: dict[str, Any]) -> list[str]:
    """The alerts of the whole history in a sentence."""
    total = {
        name: sum(row[name] for row in document["alerts"])
        for name in ("published", "candidate", "both", "new", "gone")
    }
    return [
        f"{counted(total['candidate'], 'alert')} would have fired, {total['published']:,} did:"
        f" {total['new']:,} new, {total['gone']:,} gone, {total['both']:,} the same."
    ]


def loss_lines(document: dict[str, Any]) -> list[str]:
    """How well the two sides tell who leaves."""
    found = document["losses"]
    if not any(row["accounts"] for row in found["leads"]):
        return ["No account that left was scored before."]
    chances = found["chances"]
    if chances["published"] is None:
        return []
    return [
        f"Of two accounts, the one that leaves within {found['horizon_days']} days has the lower"
        f" score in {ui.percent(chances['candidate'], 1)} of cases"
        f" ({ui.percent(chances['published'], 1)} as published)."
    ]


def lead_rows(document: dict[str, Any]) -> list[list[str]]:
    """How the accounts that left were scored before: one row per lead."""
    return [
        [
            f"{row['days_before']}",
            f"{row['accounts']:,}",
            f"{row['published_alarms']:,}",
            f"{row['candidate_alarms']:,}",
            ui.number(row["published_mean"]),
            ui.number(row["candidate_mean"]),
        ]
        for row in document["losses"]["leads"]
        if row["accounts"]
    ]


def shown_metrics(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The metrics that move the book by more than nothing."""
    found = document["metrics"]
    return [row for row in found if row["mean_move"] >= SMALLEST_SHOWN][:SHOWN_METRICS]


def last_months(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The months that are shown."""
    return list(rows[-SHOWN_MONTHS:])
