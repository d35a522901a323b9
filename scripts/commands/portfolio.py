"""`health portfolio`: all accounts of the last good build at a glance."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def portfolio(
    objective: Annotated[
        str, typer.Option("--objective", help="overall, retention, growth or advocacy.")
    ] = "overall",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show bands, ARR by band, confidence, coverage, what needs attention and what moved.

    Exit codes: 0 shown, 2 there is no build, or no such objective.
    """
    from scripts.lib.reports.portfolio import read_portfolio
    from scripts.lib.reports.portfolio_view import show_portfolio
    from scripts.lib.warehouse import open_warehouse

    with ui.friendly_errors(as_json), open_warehouse(load_settings().database) as warehouse:
        document = read_portfolio(warehouse, objective)
    if as_json:
        ui.print_json(document)
    else:
        show_portfolio(ui.make_console(), document)
