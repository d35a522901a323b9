"""`health override`: a dated human word about one score, within rules, in a ledger."""

from __future__ import annotations

import datetime as dt
import sys
from typing import Annotated, Any

import typer

from scripts.commands.build import AsJson, parse_date
from scripts.lib import console as ui
from scripts.lib.settings import load_settings

override = typer.Typer(
    help="Override a score for some weeks, with a reason; list and withdraw overrides.",
    no_args_is_help=True,
)


def _moment() -> dt.datetime:
    """The moment of writing, naive UTC; the ledger is the one place that asks a clock."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)


def _can_answer() -> bool:
    """Whether a person sits at the terminal."""
    return sys.stdin.isatty()


def _asked(given: dict[str, Any], as_json: bool) -> dict[str, Any]:
    """Ask for what is missing where somebody can answer; else name all of it."""
    missing = [name for name, value in given.items() if value is None]
    if missing and (as_json or not _can_answer()):
        raise ui.HealthError(
            f"An override needs {', '.join(missing)}.", "Give them as options.", ui.EXIT_REFUSED
        )
    for name in missing:
        kind = float if name == "--amount" else str
        given[name] = typer.prompt(name.removeprefix("--").capitalize(), type=kind)
    return given


@override.command()
def add(
    account: Annotated[str, typer.Argument(help="An account's id, or a part of its name.")],
    kind: Annotated[str | None, typer.Option(help="delta, cap, floor or value.")] = None,
    amount: Annotated[float | None, typer.Option(help="Points, or the score.")] = None,
    reason: Annotated[str | None, typer.Option(help="A code of override_reasons.csv.")] = None,
    evidence: Annotated[str | None, typer.Option(help="Link or reference; no names.")] = None,
    author: Annotated[str | None, typer.Option(help="Who decides; an address is best.")] = None,
    role: Annotated[str | None, typer.Option(help="Your role, of override_roles.csv.")] = None,
    until: Annotated[str | None, typer.Option(help="First day on which it ends.")] = None,
    objective: Annotated[str, typer.Option(help="Whose score.")] = "overall",
    valid_from: Annotated[str | None, typer.Option("--from", help="First day; today.")] = None,
    approver: Annotated[str | None, typer.Option(help="Who agrees, where rules ask.")] = None,
    approver_role: Annotated[str | None, typer.Option(help="The approver's role.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Judge only.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write an override that keeps the rules of seeds/override_model.

    In a terminal it asks for what is missing. The computed score stays beside the final one.

    Exit codes: 0 written (or allowed, with --dry-run); 1 refused by a rule, or incomplete; 2 no
    build, no such account, or the ledger cannot be read or written; 75 somebody else is writing.
    """
    from scripts.lib.overrides.report import Draft, add_override
    from scripts.lib.overrides.view import show_added

    with ui.friendly_errors(as_json):
        given = _asked(
            {"--kind": kind, "--amount": amount, "--reason": reason, "--evidence": evidence,
             "--author": author, "--role": role, "--until": until}, as_json,
        )  # fmt: skip
        expires_on = parse_date(given["--until"], "--until")
        assert expires_on is not None
        draft = Draft(
            account, objective, given["--kind"], given["--amount"], given["--reason"],
            given["--evidence"], given["--author"], given["--role"], approver, approver_role,
            parse_date(valid_from, "--from"), expires_on,
        )  # fmt: skip
        document = add_override(load_settings(), draft, _moment(), dry_run=dry_run)
    if as_json:
        ui.print_json(document)
    else:
        show_added(ui.make_console(), document)


@override.command("list")
def list_(
    account: Annotated[str | None, typer.Argument(help="Only this account.")] = None,
    with_past: Annotated[
        bool, typer.Option("--all", help="Also what has expired or was withdrawn.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the ledger: what acts, what waits, and what never acts and why.

    Exit codes: 0 shown; 2 no such account, or the ledger cannot be read.
    """
    from scripts.lib.overrides.report import list_overrides
    from scripts.lib.overrides.view import show_list

    with ui.friendly_errors(as_json):
        document = list_overrides(load_settings(), account, _moment().date(), with_past=with_past)
    if as_json:
        ui.print_json(document)
    else:
        show_list(ui.make_console(), document)


@override.command()
def withdraw(
    override_id: Annotated[str, typer.Argument(help="The id that `list` shows.")],
    author: Annotated[str | None, typer.Option(help="Who takes it back.")] = None,
    role: Annotated[str | None, typer.Option(help="Your role.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take an override back from today on; the ledger keeps both words.

    Exit codes: 0 withdrawn; 1 refused, or it has ended already; 2 no such override, or the ledger
    cannot be read or written; 75 somebody else is writing.
    """
    from scripts.lib.overrides.report import withdraw_override
    from scripts.lib.overrides.view import show_withdrawn

    with ui.friendly_errors(as_json):
        given = _asked({"--author": author, "--role": role}, as_json)
        document = withdraw_override(
            load_settings(), override_id, given["--author"], given["--role"], _moment()
        )
    if as_json:
        ui.print_json(document)
    else:
        show_withdrawn(ui.make_console(), document)
