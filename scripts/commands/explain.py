"""`health explain`: why one account has its score, and why it changed."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.commands.build import parse_date
from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def explain(
    account: Annotated[str, typer.Argument(help="An account's id, or a part of its name.")],
    objective: Annotated[
        str, typer.Option("--objective", help="overall, retention, growth or advocacy.")
    ] = "overall",
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The last scoring date up to this date.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", help="Explain the change since the last scoring date up to this."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show a score with its bounds, dimensions, contributions, gates and what is not known.

    With --since, show why it changed: in one sentence, and by metric and cause. The causes add up.

    Exit codes: 0 shown, 2 there is no build, no such account, objective or date, or no earlier one.
    """
    from scripts.lib.reports.changes import explain_change
    from scripts.lib.reports.changes_view import show_change
    from scripts.lib.reports.explain import explain_account
    from scripts.lib.reports.explain_view import show_explanation
    from scripts.lib.warehouse import open_warehouse

    with ui.friendly_errors(as_json), open_warehouse(load_settings().database) as warehouse:
        until, begin = parse_date(as_of), parse_date(since)
        document = (
            explain_account(warehouse, account, objective, until)
            if begin is None
            else explain_change(warehouse, account, objective, begin, until)
        )
    if as_json:
        ui.print_json(document)
    elif since is None:
        show_explanation(ui.make_console(), document)
    else:
        show_change(ui.make_console(), document)
