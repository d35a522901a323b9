"""`health rollback`: let readers find an earlier version again."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.commands.build import AsJson
from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def rollback(
    to: Annotated[
        str | None, typer.Option("--to", help="Run to go back to; the one before if none.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Switch `current.duckdb` back to a version that is kept; the next refresh goes forward again.

    Exit codes: 0 switched, 2 there is no such version.
    """
    from scripts.lib.refresh.journal import append
    from scripts.lib.refresh.places import load_places
    from scripts.lib.refresh.run import ROLLED_BACK, stamp, utc_now
    from scripts.lib.refresh.versions import roll_back

    with ui.friendly_errors(as_json):
        places = load_places(load_settings())
        started = utc_now()
        before, after = roll_back(places, to)
        entry = {
            "run_id": after.stem,
            "status": ROLLED_BACK,
            "exit_code": ui.EXIT_OK,
            "from_run_id": before.stem,
            "started_at": stamp(started),
            "ended_at": stamp(utc_now()),
        }
        append(places.journal, entry)
        if as_json:
            ui.print_json(entry)
        else:
            ui.make_console().print(
                f"Readers now find {after.stem}; it was {before.stem}.", soft_wrap=True
            )
