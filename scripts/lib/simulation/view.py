"""A comparison as text of at most 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.layout import make_table, print_title
from scripts.lib.reports.portfolio import BAND_ORDER
from scripts.lib.simulation import words


def show_simulation(console: Console, document: dict[str, Any]) -> None:
    """What differs, the book, the bands, the alerts, the losses, metrics and movers."""
    console.print()
    console.print(
        f"[bold]What if[/]  {document['kind']} {escape(document['candidate'])} beside the published"
        f" {escape(document['published'])}, {escape(document['objective'])},"
        f" {document['as_of_date']}"
    )
    _show_differences(console, document)
    print_title(console, "The book")
    _show_lines(console, words.book_lines(document))
    _show_migration(console, document)
    _show_alerts(console, document)
    _show_losses(console, document)
    _show_metrics(console, words.shown_metrics(document))
    _show_movers(console, document["movers"])
    console.print()


def _show_lines(console: Console, lines: list[str]) -> None:
    for line in lines:
        console.print(escape(line))


def _show_differences(console: Console, document: dict[str, Any]) -> None:
    print_title(console, "What differs")
    if not document["differences"]:
        console.print("Nothing that decides a score.")
    for difference in document["differences"]:
        console.print(escape(difference["seed"]))
        for line in words.change_lines(difference):
            console.print(f"  {escape(ui.plain(line))}")


def _show_migration(console: Console, document: dict[str, Any]) -> None:
    cells = {(r["published_band"], r["candidate_band"]): r for r in document["migration"]}
    history = {(r["published_band"], r["candidate_band"]): r for r in document["history_migration"]}
    bands = [band for band in BAND_ORDER if any(band in key for key in history)]
    print_title(console, "Bands", "published down, candidate across: accounts and ARR of today")
    _matrix(console, bands, cells, lambda row: f"{row['accounts']:,}  {ui.money(row['arr']):>6}")
    if any(before != after for before, after in history):
        found = document["history"]
        share = found["other_band"] / found["scores"]
        print_title(
            console, "Bands over the history",
            f"{found['scores']:,} scores since {found['first_date']},"
            f" {ui.percent(share, 1)} in another band",
        )  # fmt: skip
        _matrix(console, bands, history, lambda row: f"{row['accounts']:,}")


def _matrix(console: Console, bands: list[str], cells: dict[Any, Any], text: Any) -> None:
    table = make_table(
        ("", "left", 17), *((ui.words(band), "right", max(12, len(band))) for band in bands)
    )
    for before in bands:
        row = [cells.get((before, after)) for after in bands]
        table.add_row(
            ui.band_label(before),
            *(
                "[bright_black]·[/]" if cell is None
                else text(cell) if after == before
                else f"[bold]{text(cell)}[/]"
                for after, cell in zip(bands, row, strict=True)
            ),
        )  # fmt: skip
    console.print(table)


def _show_alerts(console: Console, document: dict[str, Any]) -> None:
    print_title(console, "Alerts", "an account comes into a band that needs attention, by month")
    _show_lines(console, words.alert_lines(document))
    table = make_table(
        ("month", "left", 8), ("published", "right", 9), ("candidate", "right", 9),
        ("new", "right", 6), ("gone", "right", 6),
    )  # fmt: skip
    for row in words.last_months(document["alerts"]):
        table.add_row(
            row["month"], f"{row['published']:,}", f"{row['candidate']:,}",
            f"{row['new']:,}", f"{row['gone']:,}",
        )  # fmt: skip
    console.print(table)


def _show_losses(console: Console, document: dict[str, Any]) -> None:
    rows = words.lead_rows(document)
    note = "how many were in a band that needs attention, and their mean score" if rows else ""
    print_title(console, "Accounts that left", note)
    _show_lines(console, words.loss_lines(document))
    if rows:
        table = make_table(*((name, "right", None) for name in words.LEADS))
        for row in rows:
            table.add_row(*row)
        console.print(table)


def _show_metrics(console: Console, metrics: list[dict[str, Any]]) -> None:
    if not metrics:
        return
    print_title(console, "Metrics that move the book", "mean weight and points over all accounts")
    table = make_table(
        ("", "left", 4), ("metric", "left", 32), ("weight", "right", 6), ("then", "right", 6),
        ("accounts", "right", 8), ("by weight", "right", 9), ("by yardstick", "right", 12),
        ("all", "right", 5),
    )  # fmt: skip
    for row in metrics:
        table.add_row(
            escape(row["metric_id"]),
            escape(row["metric_name"] or ""),
            ui.percent(row["published_weight"], 1),
            ui.percent(row["candidate_weight"], 1),
            f"{row['moved']:,}",
            ui.number(row["weight_move"]),
            ui.number(row["yardstick_move"]),
            ui.number(row["mean_move"]),
        )
    console.print(table)


def _show_movers(console: Console, movers: list[dict[str, Any]]) -> None:
    if not movers:
        return
    print_title(console, "Largest moves", words.MOVES_NOTE)
    table = make_table(
        ("account", "left", 22), ("ARR", "right", 7), ("before", "right", 6), ("after", "right", 6),
        ("by", "right", 5), ("", "left", 44),
    )  # fmt: skip
    for row in movers:
        other = row["candidate_band"] != row["published_band"]
        table.add_row(
            escape(row["account_name"] or row["account_id"]),
            ui.money(row["arr"]),
            ui.number(row["published_score"]),
            ui.number(row["candidate_score"]),
            ui.signed(row["change"]),
            escape(words.reason(row)),
        )
        if other:
            table.add_row(
                "", "", "", "", "",
                f"{ui.band_label(row['published_band'])} → {ui.band_label(row['candidate_band'])}",
            )  # fmt: skip
    console.print(table)
