"""Actions as text of at most 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.layout import make_table, print_title

CLASS_STYLES = {"act_now": "red", "nurture": "yellow", "expand": "green", "maintain": "cyan"}
DRIVERS = {
    "negative": "most points are lost by",
    "positive": "most points are given by",
    "unknown": "most is not known of",
}


def show_actions(console: Console, document: dict[str, Any]) -> None:
    """The actions by class, then who has how much to do; for one account, all that is known."""
    console.print()
    if document["account"]:
        _show_account(console, document)
        return
    wanted = [ui.words(document[key]) for key in ("owner", "attention_class") if document[key]]
    console.print(f"[bold]Actions[/]  {escape(', '.join([str(document['as_of_date']), *wanted]))}")
    console.print(
        f"{document['action_count']:,} actions, {_overdue(document['overdue_count'])},"
        f" {document['under_way_count']:,} under way;"
        f" expected loss of their accounts {ui.money(document['expected_loss'])}"
    )
    _show_list(console, document)
    _show_workload(console, document["workload"], document["limit"])
    console.print()


def _overdue(count: int) -> str:
    return f"[red]{count:,} overdue[/]" if count else "none overdue"


def _show_list(console: Console, document: dict[str, Any]) -> None:
    for row in document["classes"]:
        name = row["attention_class"]
        actions = [found for found in document["actions"] if found["attention_class"] == name]
        if not actions:
            continue
        print_title(console, f"[{CLASS_STYLES.get(name, 'white')}]{escape(_title(name))}[/]",
                    escape(row["description"]))  # fmt: skip
        table = make_table(
            ("account", "left", 19), ("action", "left", 20), ("who", "left", 9),
            ("due", "right", 10), ("driver", "left", 19), ("loss", "right", 6),
            ("per h", "right", 5),
        )  # fmt: skip
        for action in actions:
            table.add_row(
                escape(action["account_name"] or action["account_id"]),
                escape(action["play_name"]),
                escape(action["owner_role"]),
                due_label(action),
                escape(action["driver"] or "-"),
                ui.money(action["expected_loss"]),
                ui.money(action["value_per_hour"]),
            )
        console.print(table)
    rest = document["action_count"] - len(document["actions"])
    if rest > 0:
        console.print()
        console.print(f"{rest:,} more; --limit 0 shows all", style="bright_black")
    if not document["actions"]:
        console.print()
        console.print("Nothing is to be done.")


def due_label(action: dict[str, Any]) -> str:
    """The deadline, red where it has passed; where somebody is at work, that counts."""
    if action["under_way_since"]:
        return "[cyan]under way[/]"
    return f"[red]{action['due_on']}[/]" if action["is_overdue"] else str(action["due_on"])


def _title(name: str) -> str:
    return ui.words(name).capitalize()


def _show_workload(console: Console, workload: list[dict[str, Any]], limit: int) -> None:
    if not workload:
        return
    print_title(console, "Workload", "hours of the actions against those of a week")
    table = make_table(
        ("who", "left", 9), ("owner", "left", 20), ("actions", "right", 7),
        ("overdue", "right", 7), ("hours", "right", 5), ("of a week", "right", 9),
        ("", "left", 12), ("worth", "right", 7), ("beyond", "right", 7),
    )  # fmt: skip
    for row in workload[:limit] if limit else workload:
        ratio = row["workload_ratio"]
        table.add_row(
            escape(row["owner_role"]),
            escape(row["owner_id"] or ("nobody" if row["is_account_owner"] else "queue")),
            f"{row['action_count']:,}",
            f"[red]{row['overdue_action_count']:,}[/]" if row["overdue_action_count"] else "0",
            ui.number(row["effort_hours"], 0),
            ui.percent(ratio),
            ui.bar(ratio or 0, 12, "red" if (ratio or 0) > 1 else "cyan"),
            ui.money(row["action_value_within_capacity"]),
            ui.money(row["action_value_beyond_capacity"]),
        )
    console.print(table)
    rest = len(workload) - limit
    if limit and rest > 0:
        console.print(f"and {rest:,} with less to do", style="bright_black")


def _show_account(console: Console, document: dict[str, Any]) -> None:
    account = document["account"]
    console.print(
        f"[bold]{escape(account['account_name'] or '')}[/]  {escape(account['account_id'])}"
    )
    if not document["actions"]:
        console.print("Nothing is to be done.")
    show_account_actions(console, document["actions"])
    console.print()


def show_account_actions(console: Console, actions: list[dict[str, Any]]) -> None:
    """The actions of one account with their reason, deadline, worth and end."""
    for action in actions:
        name = action["attention_class"]
        title = "Next action" if action["is_next_action"] else "Also"
        print_title(console, title, f"{ui.words(name)}, {escape(ui.words(action['owner_role']))}")
        who = action["owner_id"] or f"queue of {action['owner_role']}"
        console.print(
            f"[bold]{escape(action['play_name'])}[/] by {escape(who)}"
            f" until {action['due_on']} ({_state(action)})"
        )
        said = DRIVERS.get(action["driver_kind"])
        driver = f"; {said} {action['driver']}" if said and action["driver"] else ""
        console.print(f"Because of {escape(ui.words(action['cause']) + driver)}", soft_wrap=True)
        console.print(f"Over when: {escape(action['exit_rule'])}", soft_wrap=True)
        console.print(f"Expected: {escape(action['expected_effect'])}", soft_wrap=True)
        console.print(_worth(action))


def _state(action: dict[str, Any]) -> str:
    if action["under_way_since"]:
        return f"[cyan]under way since {action['under_way_since']}[/]"
    days = action["days_left"]
    return f"[red]{-days} days late[/]" if action["is_overdue"] else f"{days} days left"


def _worth(action: dict[str, Any]) -> str:
    if action["action_value"] is None:
        return f"{ui.number(action['effort_hours'], 0)} hours; without an estimate of its worth"
    place = "within" if action["is_within_capacity"] else "[yellow]beyond[/]"
    return (
        f"Worth {ui.money(action['action_value'])} after {ui.number(action['effort_hours'], 0)}"
        f" hours: expected loss {ui.money(action['expected_loss'])},"
        f" {ui.percent(action['saveability'])} to save, urgency {ui.percent(action['urgency'])};"
        f" place {action['owner_rank']}, {place} the week"
    )
