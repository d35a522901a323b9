"""The change of a score as text of at most 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.changes import METRIC_TERMS
from scripts.lib.reports.explain_view import metric_value
from scripts.lib.reports.layout import make_table, print_title

HEADINGS = {
    "metric": "things",
    "baseline": "peers",
    "weight": "weights",
    "card": "card",
    "quality": "data",
}
# Less than this reads as nothing with one decimal.
SMALLEST_SHOWN = 0.05


def show_change(console: Console, document: dict[str, Any]) -> None:
    """The sentence, then the terms by metric."""
    _show_head(console, document)
    _show_metrics(console, document["metrics"])
    _show_others(console, document)
    console.print()


def _show_head(console: Console, document: dict[str, Any]) -> None:
    account = document["account"]
    console.print()
    console.print(
        f"[bold]{escape(account['account_name'] or '')}[/]  {escape(account['account_id'])}"
    )
    console.print()
    console.print(
        f"[bold]{ui.number(document['since_score'])} → {ui.number(document['score'])}[/]"
        f"  ({ui.signed(document['change_points'])})  {escape(document['objective'])} from"
        f" {document['since_date']} to {document['as_of_date']}:"
        f" {ui.band_label(document['since_band'])} → {ui.band_label(document['band'])}"
    )
    if document["asked_since"] != document["since_date"]:
        console.print(
            f"{document['asked_since']} is no date of the grid; the last one before it is"
            f" {document['since_date']}.",
            style="bright_black",
        )
    if not document["is_published"]:
        console.print(
            "[yellow]Too little was known[/] at one of the dates to publish a score; the terms are"
            " those of the score behind it."
        )
    console.print()
    sentence = document["sentence"]
    console.print(escape(sentence[0].upper() + sentence[1:] + "." if sentence else "No change."))
    if not document["adds_up"]:
        console.print("[red]The terms do not add up to the change.[/]")


def _show_metrics(console: Console, metrics: list[dict[str, Any]]) -> None:
    shown = [
        row
        for row in metrics
        if any(abs(row[f"{term}_points"]) >= SMALLEST_SHOWN for term in METRIC_TERMS)
    ]
    terms = [
        term
        for term in METRIC_TERMS
        if any(abs(row[f"{term}_points"]) >= SMALLEST_SHOWN for row in shown)
    ]
    print_title(console, "By metric", "points of each cause, the largest change first")
    if shown:
        table = make_table(
            ("", "left", 4), ("metric", "left", 27), ("before", "right", 8), ("now", "right", 8),
            *((HEADINGS[term], "right", 7) for term in terms), ("change", "right", 6),
        )  # fmt: skip
        for row in shown:
            table.add_row(
                escape(str(row["metric_id"])),
                escape(row["metric_name"] or ""),
                _state(row["since_metric_value"], row["since_input_status"]),
                _state(row["metric_value"], row["input_status"]),
                *(ui.signed(row[f"{term}_points"]) for term in terms),
                ui.signed(row["change_points"]),
            )
        console.print(table)
    rest = len(metrics) - len(shown)
    if rest:
        console.print(f"{rest} metrics moved it by less than 0.1", style="bright_black")


def _state(value: float | None, status: str | None) -> str:
    """A value, or why there is none, in as many letters as a column has."""
    if value is not None:
        return metric_value(value)
    return {"not_applicable": "n/a", "never_observed": "unknown", "source_late": "late"}.get(
        status or "", ui.words(status or "-")
    )


def _show_others(console: Console, document: dict[str, Any]) -> None:
    terms, gates = document["terms"], document["gates"]
    lines = {
        "scaling": "another base or gain of the score version",
        "clamp": "what the ends of the scale give back or take",
        "gate": f"gate before: {gates['since'] or 'none'}; now: {gates['now'] or 'none'}",
        "override": "overrides that came, went or changed",
    }
    shown = {term: text for term, text in lines.items() if abs(terms[term]) >= SMALLEST_SHOWN}
    if not shown:
        return
    print_title(console, "Beside the metrics")
    for term, text in shown.items():
        console.print(f"{ui.signed(terms[term])}  {term}: {escape(text)}")
