"""Money and groups of accounts as text of at most 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.actions_view import CLASS_STYLES
from scripts.lib.reports.layout import make_table, print_title


def show_stakes(
    console: Console, stakes: dict[str, Any] | None, *, knows_money: bool = True
) -> None:
    """What asks for attention, with its money, and the ARR that is expected to be lost."""
    if not stakes:
        return
    print_title(console, "Attention", "each account is in one class; loss is what is expected")
    table = make_table(
        ("", "left", 12), ("accounts", "right", 8), ("ARR", "right", 8), ("", "left", 8),
        ("loss", "right", 8), ("", "left", 44),
    )  # fmt: skip
    total = sum(row["arr"] for row in stakes["classes"])
    for row in stakes["classes"]:
        style = CLASS_STYLES.get(row["attention_class"], "white")
        table.add_row(
            f"[{style}]{escape(ui.words(row['attention_class']))}[/]",
            f"{row['accounts']:,}",
            ui.money(row["arr"] if knows_money else None),
            ui.bar(row["arr"] / total if total else 0, 8, style),
            ui.money(row["expected_loss"] if knows_money else None),
            escape(row["description"]),
        )
    console.print(table)
    if not knows_money:
        console.print("No account's ARR is known, so no loss is estimated.")
        return
    share = stakes["arr_at_risk"] / stakes["arr"] if stakes["arr"] else None
    console.print(
        f"ARR at risk {ui.money(stakes['arr_at_risk'])} ({ui.percent(share, 1)}), expected to be"
        f" lost of {ui.money(stakes['exposed_arr'])} that can be lost in the time ahead;"
        f" {ui.money(stakes['notice_arr'])} under notice, {ui.money(stakes['unestimated_arr'])}"
        " without an estimate"
    )


def show_money(console: Console, money: dict[str, Any] | None) -> None:
    """The probability of churn, what is expected to be lost, and what the account is worth."""
    if not money:
        return
    print_title(console, "Money")
    if money["churn_probability"] is None:
        console.print(f"No estimate of a loss: {escape(ui.words(money['risk_status']))}")
    else:
        console.print(
            f"Leaves with a probability of {ui.percent(money['churn_probability'], 1)}"
            f" ({escape(ui.words(money['contract_position'] or 'no contract'))}); expected loss"
            f" {ui.money(money['expected_loss'])} of the {ui.money(money['exposed_arr'])} that can"
            " be lost"
        )
    if money.get("lifetime_value") is not None:
        # Without an estimate of the risk there is no cell, and nothing to advise.
        cell, stance = ui.words(money["value_risk_cell"]), money["stance"]
        console.print(
            f"Lifetime value {ui.money(money['lifetime_value'])},"
            f" {ui.money(money['certain_value'])} of it contracted"
            + (f"; [bold]{escape(cell)}[/]: {escape(stance)}" if stance else "")
        )


def show_parents(console: Console, parents: list[dict[str, Any]], account: str) -> None:
    """The groups of the account: own, weighted and worst score, and the share in red."""
    if not parents:
        return
    print_title(console, "Group", "what stands below, weighted by MRR")
    table = make_table(
        ("", "left", 30), ("accounts", "right", 8), ("MRR", "right", 7), ("own", "right", 5),
        ("group", "right", 5), ("worst", "right", 5), ("", "left", 17), ("red", "right", 5),
    )  # fmt: skip
    for row in parents:
        name = row["account_name"] or row["parent_account_id"]
        table.add_row(
            escape(name) + (" (this one)" if row["parent_account_id"] == account else ""),
            f"{row['descendant_count']:,}",
            ui.money(row["group_mrr"]),
            ui.number(row["own_score"]),
            ui.number(row["weighted_score"]),
            ui.number(row["worst_score"]),
            escape(row["worst_account_name"] or row["worst_account_id"] or ""),
            ui.percent(row["red_arr_ratio"]),
        )
    console.print(table)
