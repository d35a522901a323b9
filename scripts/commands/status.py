"""`health status`: what readers have, and whether it is too old."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.commands.build import AsJson
from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def status(
    max_age: Annotated[
        str | None,
        typer.Option("--max-age", help="Fail when the last publication is older, like 26h."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the published version, its age and the last run; run it from another scheduler.

    A refresh that never ran reports nothing itself; this command notices.

    Exit codes: 0 fresh enough, 2 a wrong option, 3 too old or never published.
    """
    from scripts.lib.refresh.places import load_places
    from scripts.lib.refresh.run import stamp, utc_now
    from scripts.lib.refresh.status import parse_age, read_status

    with ui.friendly_errors(as_json):
        places = load_places(load_settings())
        limit = parse_age(max_age, "--max-age") if max_age else None
        found = read_status(places, utc_now())
        last = found.last_run or {}
        if as_json:
            ui.print_json(
                {
                    "current": found.current,
                    "published_at": stamp(found.published_at) if found.published_at else None,
                    "as_of_date": found.as_of_date,
                    "age_seconds": found.age.total_seconds() if found.age else None,
                    "is_too_old": bool(limit and found.is_too_old(limit)),
                    "last_run": found.last_run,
                    "kept": found.kept,
                }
            )
        else:
            out = ui.make_console()
            if found.current is None:
                out.print(f"Nothing was ever published at {places.current}.", soft_wrap=True)
            else:
                hours = (found.age.total_seconds() if found.age else 0) / 3600
                out.print(
                    f"Published {found.current}, {hours:.1f} hours ago, as of {found.as_of_date}."
                )
                out.print(f"Kept      {', '.join(found.kept)}")
            if last:
                out.print(
                    f"Last run  {last['run_id']}: {last['status']}, exit code {last['exit_code']}"
                )
        if limit is not None and found.is_too_old(limit):
            raise ui.HealthError(
                f"The published version is older than {max_age}, or there is none.",
                "Look at the last run, then run `health refresh`.",
                ui.EXIT_STALE,
            )
