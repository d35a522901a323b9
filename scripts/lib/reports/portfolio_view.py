"""The portfolio as text of at most 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.layout import make_table, print_title
from scripts.lib.reports.money_view import show_stakes


def show_portfolio(console: Console, portfolio: dict[str, Any]) -> None:
    """Bands, confidence and coverage, movers, attention, and what is not scored."""
    console.print()
    console.print(
        f"[bold]Account health[/]  {escape(portfolio['objective'])}, {portfolio['as_of_date']}"
    )
    console.print(
        f"{portfolio['eligible_count']:,} of {portfolio['account_count']:,} accounts eligible,"
        f" {portfolio['scored_count']:,} of them scored; ARR {_known(portfolio['arr'])},"
        f" mean score {ui.number(portfolio['mean_score'])}"
        f" ({ui.number(portfolio['arr_weighted_score'])} by ARR)"
    )
    _show_bands(console, portfolio)
    _show_confidence(console, portfolio)
    _show_overrides(console, portfolio["overrides"])
    show_stakes(console, portfolio["stakes"], knows_money=portfolio["arr"] is not None)
    _show_dimensions(console, portfolio)
    _show_attention(console, portfolio)
    _show_movers(console, portfolio)
    _show_not_scored(console, portfolio)


def _known(amount: float | None) -> str:
    return "unknown" if amount is None else ui.money(amount)


def _show_bands(console: Console, portfolio: dict[str, Any]) -> None:
    print_title(console, "Bands")
    table = make_table(
        ("", "left", 17), ("accounts", "right", 8), ("share", "right", 5), ("", "left", 22),
        ("ARR", "right", 8), ("share", "right", 5), ("", "left", 18),
    )  # fmt: skip
    for row in portfolio["bands"]:
        style = ui.BAND_STYLES.get(row["band"], "white")
        table.add_row(
            ui.band_label(row["band"]),
            f"{row['accounts']:,}",
            ui.percent(row["share"]),
            ui.bar(row["share"], 22, style),
            ui.money(row["arr"]),
            ui.percent(row["arr_share"]),
            ui.bar(row["arr_share"] or 0, 18, style),
        )
    console.print(table)


def _show_confidence(console: Console, portfolio: dict[str, Any]) -> None:
    parts = [
        f"{ui.words(row['confidence'])} {row['accounts']:,}" for row in portfolio["confidence"]
    ]
    coverage = ui.percent(portfolio["mean_coverage"])
    print_title(console, "Confidence")
    console.print(f"{', '.join(parts)}; on average {coverage} of the weight rests on data")


def _show_overrides(console: Console, overrides: dict[str, Any]) -> None:
    if not overrides["accounts"]:
        return
    print_title(console, "Overrides")
    line = f"{overrides['accounts']:,} accounts, {ui.percent(overrides['arr_share'])} of the ARR"
    if overrides["is_alert"]:
        line += f", [red]above {ui.percent(overrides['arr_share_alert'])}[/]"
    line += f"; {overrides['raised']:,} raised, {overrides['lowered']:,} lowered"
    console.print(line)


def _show_dimensions(console: Console, portfolio: dict[str, Any]) -> None:
    if not portfolio["dimensions"]:
        return
    print_title(console, "Dimensions", "mean score, and the share of its weight that rests on data")
    table = make_table(
        ("", "left", 26), ("score", "right", 5), ("", "left", 20), ("coverage", "right", 8),
        ("", "left", 20),
    )  # fmt: skip
    for row in portfolio["dimensions"]:
        table.add_row(
            escape(row["dimension_name"]),
            ui.number(row["mean_score"]),
            ui.bar((row["mean_score"] or 0) / 100, 20),
            ui.percent(row["mean_coverage"]),
            ui.bar(row["mean_coverage"] or 0, 20, "bright_black"),
        )
    console.print(table)


def _show_attention(console: Console, portfolio: dict[str, Any]) -> None:
    shown, total = len(portfolio["attention"]), portfolio["attention_count"]
    print_title(console, "Needs attention", f"{shown} of {total}, worst band and largest ARR first")
    if not shown:
        anybody = "account" if portfolio["scored_count"] else "account has a score, so none"
        console.print(f"No {anybody} is critical or at risk.")
        return
    table = make_table(
        ("account", "left", 22), ("ARR", "right", 7), ("score", "right", 5),
        ("bounds", "right", 7), ("band", "left", 8), ("renewal", "right", 7),
        ("why", "left", 29),
    )  # fmt: skip
    for row in portfolio["attention"]:
        days = row["days_to_renewal"]
        table.add_row(
            escape(row["account_name"] or row["account_id"]),
            ui.money(row["arr"]),
            ui.number(row["health_score"]),
            f"{ui.number(row['low_score'], 0)}-{ui.number(row['high_score'], 0)}",
            ui.band_label(row["band"]),
            "-" if days is None else f"{days} d",
            escape(row["gate"] or row["main_driver"] or "-"),
        )
    console.print(table)


def _show_movers(console: Console, portfolio: dict[str, Any]) -> None:
    earlier = portfolio["compared_with"]
    if earlier is None:
        print_title(console, "Movers", "no earlier date to compare with")
        return
    print_title(console, "Movers", f"since {earlier}")
    if not portfolio["declined"] and not portfolio["improved"]:
        console.print("No score has changed.")
        return
    table = make_table(
        ("account", "left", 24), ("ARR", "right", 7), ("then", "right", 5), ("now", "right", 5),
        ("change", "right", 6), ("band", "left", 17), ("mostly", "left", 22),
    )  # fmt: skip
    for row in [*portfolio["declined"], *portfolio["improved"]]:
        reason = row["main_reason"]
        table.add_row(
            escape(row["account_name"] or row["account_id"]),
            ui.money(row["arr"]),
            ui.number(row["score_before"]),
            ui.number(row["score_now"]),
            ui.signed(row["change"]),
            ui.band_label(row["band_now"]),
            f"{escape(reason['dimension_id'])} {ui.signed(reason['points'])}" if reason else "-",
        )
    console.print(table)


def _show_not_scored(console: Console, portfolio: dict[str, Any]) -> None:
    if not portfolio["not_scored"]:
        return
    parts = [
        f"{ui.words(row['ineligible_reason'])} {row['accounts']:,}"
        for row in portfolio["not_scored"]
    ]
    print_title(console, "Not scored")
    console.print(escape(", ".join(parts)))
    console.print()
