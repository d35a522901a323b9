"""One account's explanation as text of at most 100 columns."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib import console as ui
from scripts.lib.reports.actions_view import show_account_actions
from scripts.lib.reports.judgements import show_judgements
from scripts.lib.reports.layout import make_table, print_title
from scripts.lib.reports.money_view import show_money, show_parents

LOSSES_SHOWN = 5


def show_explanation(console: Console, document: dict[str, Any]) -> None:
    """Head, sum line, dimensions, contributions, gates, and what is not known."""
    _show_head(console, document)
    _show_sum(console, document["sum"])
    _show_lost(console, document)
    _show_dimensions(console, document["dimensions"])
    _show_contributions(console, document["contributions"])
    show_judgements(console, document["judgements"])
    _show_gates(console, document["gates"])
    _show_override(console, document["override"], document["sum"])
    show_money(console, document["money"])
    show_parents(console, document["parents"], document["account"]["account_id"])
    show_account_actions(console, document["actions"])
    _show_unknown(console, document)


def _show_head(console: Console, document: dict[str, Any]) -> None:
    account, score = document["account"], document["score"]
    console.print()
    console.print(
        f"[bold]{escape(account['account_name'] or '')}[/]  {escape(account['account_id'])}"
    )
    context = [ui.words(str(account[key])) for key in ("segment", "industry", "plan_tier",
               "lifecycle_stage") if account.get(key)]  # fmt: skip
    if account.get("arr") is not None:
        context.append(f"ARR {ui.money(account['arr'])}")
    if account.get("days_to_renewal") is not None:
        context.append(f"renewal in {account['days_to_renewal']} days")
    console.print(escape(", ".join(context)), style="bright_black")
    console.print()
    title = f"{document['objective']} at {document['as_of_date']}"
    if score["health_score"] is None:
        console.print(f"[bold]No score[/]  {escape(title)}")
    else:
        console.print(
            f"[bold]{ui.number(score['health_score'])}[/]  {ui.band_label(score['band'])}"
            f"  {escape(title)}; between {ui.number(score['low_score'])} and"
            f" {ui.number(score['high_score'])}"
        )
    console.print(
        f"Confidence {ui.words(score['confidence'] or 'none')}:"
        f" {ui.percent(score['coverage'])} of the weight rests on data"
    )
    _show_card(console, document["card"])
    if not score["is_eligible"]:
        reason = ui.words(score["ineligible_reason"] or "no reason given")
        console.print(f"[yellow]Not scored for early warning[/]: {escape(reason)}")
    elif score["band"] == "insufficient_data":
        console.print("[yellow]Too little is known[/] to publish a score or a band.")


def _show_card(console: Console, card: dict[str, Any]) -> None:
    reason = ui.words(card["card_reason"])
    console.print(f"Card {escape(card['card_name'])}: {escape(reason)}", style="bright_black")
    if card["version_status"] == "review_overdue":
        console.print(
            f"[yellow]The review of the scoring model was due on {card['review_by']}[/]:"
            f" ask the {escape(card['owner_role'])}"
        )


def _show_sum(console: Console, total: dict[str, Any]) -> None:
    print_title(console, "How it adds up")
    line = f"{total['base']:.1f} typical account {_plus(total['contributions'])} contributions"
    line += f" {_plus(total['clamp'])} clamp {_plus(total['gate'])} gate"
    if total["override"]:
        line += f" {_plus(total['override'])} override"
    console.print(f"{line} = [bold]{total['total']:.1f}[/]")
    if not total["adds_up"]:
        console.print(f"[red]The published score is {total['published']:.6f}[/]")


def _show_lost(console: Console, document: dict[str, Any]) -> None:
    lost = document["lost"]
    worst = sorted(document["contributions"], key=lambda row: -(row["lost_points"] or 0.0))
    shown = [row for row in worst if round(row["lost_points"] or 0.0, 1) > 0][:LOSSES_SHOWN]
    parts = [f"{row['metric_name']} {row['lost_points']:.1f}" for row in shown]
    rest = lost["metrics"] - sum(row["lost_points"] for row in shown)
    if round(rest, 1) > 0:
        parts.append(f"other metrics {rest:.1f}")
    parts += [f"{name} {lost[name]:.1f}" for name in ("gate", "override") if round(lost[name], 1)]
    print_title(console, "Points lost", f"the {lost['total']:.1f} that are missing to 100")
    console.print(escape(", ".join(parts) or "none"))


def _plus(value: float) -> str:
    return f"{'-' if value < 0 else '+'} {abs(value):.1f}"


def _show_dimensions(console: Console, dimensions: list[dict[str, Any]]) -> None:
    print_title(console, "Dimensions", "points against a typical account")
    table = make_table(
        ("", "left", 26), ("score", "right", 5), ("", "left", 16), ("typical", "right", 7),
        ("weight", "right", 6), ("coverage", "right", 8), ("points", "right", 6),
    )  # fmt: skip
    for row in dimensions:
        table.add_row(
            escape(row["dimension_name"] or row["dimension_id"]),
            ui.number(row["dimension_score"]),
            ui.bar((row["dimension_score"] or 0) / 100, 16),
            ui.number(row["typical_score"]),
            ui.percent(row["weight"]),
            ui.percent(row["coverage"]),
            ui.signed(row["points"]),
        )
    console.print(table)


def _show_contributions(console: Console, contributions: list[dict[str, Any]]) -> None:
    print_title(console, "Contributions", "worst first; quality is how much of the input counts")
    table = make_table(
        ("", "left", 4), ("metric", "left", 27), ("value", "right", 8), ("unit", "left", 13),
        ("status", "left", 14), ("score", "right", 5), ("quality", "right", 7),
        ("points", "right", 6),
    )  # fmt: skip
    for row in contributions:
        table.add_row(
            escape(str(row["metric_id"])),
            escape(row["metric_name"] or ""),
            metric_value(row["metric_value"]),
            escape(row["unit"] or ""),
            escape(ui.words(row["input_status"] or "")),
            ui.number(row["metric_score"], 0),
            ui.percent(row["quality"]),
            ui.signed(row["contribution_points"]),
        )
    console.print(table)


def metric_value(value: float | None) -> str:
    """A value in at most eight letters, or a dash."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def _show_gates(console: Console, gates: list[dict[str, Any]]) -> None:
    if not gates:
        return
    print_title(console, "Gates", "a score cannot be above the lowest cap")
    for row in gates:
        mark = "[red]binding[/]" if row["is_binding"] else "open"
        console.print(
            f"{escape(str(row['gate_id']))}  {escape(str(row['gate_name']))}: cap"
            f" {ui.number(row['gate_cap'], 2).rstrip('0').rstrip('.')}, {mark};"
            f" {escape(str(row['evidence'] or ''))}"
        )


def _show_override(
    console: Console, override: dict[str, Any] | None, total: dict[str, Any]
) -> None:
    if not override:
        return
    print_title(
        console, "Override", "a dated human decision; the model's own score stays beside it"
    )
    roles = override["author_role"] + (
        f", agreed by {override['approver_role']}" if override["approver_role"] else ""
    )
    before = total["total"] - total["override"]
    console.print(
        f"{escape(override['override_id'])}  {escape(amount_text(override))}:"
        f" {ui.number(before)} by the model, {ui.number(total['total'])} with it,"
        f" from {override['starts_on']} until the day before {override['expires_on']}"
    )
    reason = override["reason_name"] or ui.words(override["reason_code"])
    console.print(
        f"{escape(reason)}; {escape(ui.words(roles))}; {escape(override['evidence'] or '')}",
        soft_wrap=True,
    )


def amount_text(override: dict[str, Any]) -> str:
    """What an override does, in a few signs."""
    amount = override["amount"]
    words = {"delta": f"{amount:+g}", "cap": f"at most {amount:g}", "floor": f"at least {amount:g}"}
    return words.get(override["override_kind"], f"set to {amount:g}")


def _show_unknown(console: Console, document: dict[str, Any]) -> None:
    print_title(
        console,
        "What is not known",
        f"{ui.percent(document['unknown_weight'])} of the weight; it counts as a typical account",
    )
    shown = [row for row in document["unknown"] if row["unknown_weight"] >= 0.005][:8]
    for row in shown:
        status = "" if row["input_status"] in {"observed", "zero"} else f", {row['input_status']}"
        console.print(
            f"{ui.percent(row['unknown_weight'], 1):>6}  {escape(row['metric_name'] or '')}"
            f"{escape(ui.words(status))}"
        )
    rest = len(document["unknown"]) - len(shown)
    if rest > 0:
        console.print(f"        and {rest} smaller ones", style="bright_black")
    if document["not_applicable"]:
        console.print()
        names = ", ".join(document["not_applicable"])
        console.print(f"[bright_black]Not applicable, so without weight:[/] {escape(names)}")
    console.print()
