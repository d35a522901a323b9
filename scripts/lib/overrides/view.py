"""Overrides as text of at most 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.explain_view import amount_text
from scripts.lib.reports.layout import make_table, print_title

STYLES = {"active": "green", "scheduled": "cyan", "held_back": "yellow", "invalid": "red"}


def show_added(console: Console, document: dict[str, Any]) -> None:
    """What was written, from when to when it acts, and what it does to the score of today."""
    override, account = document["override"], document["account"]
    written = "Nothing is written" if document["dry_run"] else "Written"
    console.print(
        f"[bold]{written}[/]  {escape(override['override_id'])}: "
        f"{escape(account['account_name'] or account['account_id'])},"
        f" {escape(override['objective_id'])}"
        f" {amount_text(override)}"
    )
    console.print(
        f"It acts from {override['starts_on']} until the day before {override['expires_on']},"
        f" because of {escape(ui.words(override['reason_code']))}."
    )
    build = document["build"]
    if document["gated_score"] is not None:
        console.print(
            f"The score of {build['as_of_date']} would be"
            f" [bold]{ui.number(document['score_then'])}[/] instead of"
            f" {ui.number(document['gated_score'])}"
            + (", if enough were known to publish it." if build["health_score"] is None else ".")
        )
    if document["held_back_from"]:
        console.print(
            f"[yellow]From {document['held_back_from']} on it is held back[/]: so near to the"
            " renewal a second person must agree."
        )
    if not document["dry_run"]:
        console.print(
            f"`health build` as of {override['starts_on']} or later takes it in.",
            style="bright_black",
        )


def show_withdrawn(console: Console, document: dict[str, Any]) -> None:
    """From when an override acts no more."""
    override = document["override"]
    console.print(
        f"[bold]Withdrawn[/]  {escape(override['override_id'])} acts no more from"
        f" {override['withdrawn_on']} on; what it did before stays."
    )


def show_list(console: Console, document: dict[str, Any]) -> None:
    """The ledger: first what acts, then why others do not."""
    rows = document["overrides"]
    print_title(
        console, "Overrides", f"{document['entry_count']} entries; {document['as_of_date']}"
    )
    if rows:
        table = make_table(
            ("id", "left", 21), ("account", "left", 18), ("objective", "left", 9),
            ("does", "left", 11), ("points", "right", 6), ("until", "left", 10),
            ("state", "left", 9),
        )  # fmt: skip
        for row in rows:
            style = STYLES.get(row["status"], "bright_black")
            table.add_row(
                escape(row["override_id"]),
                escape(row["account_name"] or row["account_id"]),
                escape(row["objective_id"]),
                escape(amount_text(row)),
                ui.signed(row["points"]),
                str(row["expires_on"]),
                f"[{style}]{ui.words(row['status'])}[/]",
            )
        console.print(table)
    else:
        console.print("None acts, and none waits.")
    _show_faults(console, "Held back", [row for row in rows if row["status"] == "held_back"])
    _show_faults(console, "Never act", [row for row in rows if row["status"] == "invalid"])
    if document["not_complete"]:
        print_title(console, "Not complete")
    for row in document["not_complete"]:
        console.print(
            escape(f"{row['file']}:{row['row']}  {row['reason'].replace('_', ' ', 1)}"),
            soft_wrap=True,
        )
    console.print()


def _show_faults(console: Console, title: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        print_title(console, title)
    for row in rows:
        other = f" ({row['other_override_id']})" if row["other_override_id"] else ""
        console.print(escape(f"{row['override_id']}  {row['meaning']}{other}"), soft_wrap=True)
