"""`health actions`: what is to be done next, by whom and until when."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.commands.build import AsJson
from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def actions(
    account: Annotated[
        str | None, typer.Argument(help="An account's id, or a part of its name; all if none.")
    ] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", help="Only of this owner's id, or of this role.")
    ] = None,
    attention_class: Annotated[
        str | None, typer.Option("--class", help="act_now, nurture, expand or maintain.")
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="Most actions to show; 0 shows all.")
    ] = 20,
    as_json: AsJson = False,
) -> None:
    """Show the next action of each account and role: driver, deadline, expected loss, worth.

    The most urgent class comes first, and in it what an hour is worth most; then who has how much
    to do. With an account: why it is to be done, when it is over and what it should bring.

    Exit codes: 0 shown, 2 there is no build, or no such account, owner or class.
    """
    from scripts.lib.reports.actions import ActionFilter, read_actions
    from scripts.lib.reports.actions_view import show_actions
    from scripts.lib.warehouse import open_warehouse

    wanted = ActionFilter(account, owner, attention_class, limit)
    with ui.friendly_errors(as_json), open_warehouse(load_settings().database) as warehouse:
        document = read_actions(warehouse, wanted)
    if as_json:
        ui.print_json(document)
    else:
        show_actions(ui.make_console(), document)
