"""`health refresh`: the daily run, from landed files to a published version."""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from scripts.commands.build import AsJson, parse_date
from scripts.lib import console as ui
from scripts.lib.progress import Bar
from scripts.lib.settings import load_settings, project_vars


def refresh(
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Scoring date; yesterday in the reporting time zone if none."),
    ] = None,
    full_refresh: Annotated[
        bool, typer.Option("--full-refresh", help="Build from nothing, not from the last state.")
    ] = False,
    timeout: Annotated[
        str | None, typer.Option("--timeout", help="End the run after this long, like 2h or 90m.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check the landed files, build beside what readers have, and publish it in one step.

    Readers open `current.duckdb` in HEALTH_PUBLISHED_DIR and never see a half-built version.

    Exit codes: 0 published; nothing was published and the last version stays: 1 refused by data or
    tests, 2 configuration or infrastructure, 3 a required source is stale, 75 already running.
    """
    from scripts.lib.refresh.pipeline import Listeners, Options, StoppedError
    from scripts.lib.refresh.pipeline import refresh as run_refresh
    from scripts.lib.refresh.places import load_places
    from scripts.lib.refresh.status import parse_age

    with ui.friendly_errors(as_json):
        settings = load_settings(parse_date(as_of))
        limit = parse_age(timeout, "--timeout").total_seconds() if timeout else None
        zone = ZoneInfo(str(project_vars(settings.root).get("reporting_time_zone", "UTC")))
        day = settings.as_of_date or dt.datetime.now(zone).date() - dt.timedelta(days=1)
        settings = load_settings(day)
        places = load_places(settings)
        with _stoppable(limit, StoppedError), Bar(quiet=as_json) as bar:
            run = run_refresh(
                settings, places, Options(day, full_refresh), Listeners(bar.step, bar.event)
            )
        if as_json:
            ui.print_json(run.as_dict())
            return
        out = ui.make_console()
        for warning in run.warnings:
            out.print(f"[yellow]Blocked[/]   {warning}", soft_wrap=True)
        out.print(
            f"Published {run.run_id}: {run.published_rows:,} rows as of {run.as_of_date},"
            f" {run.nodes} nodes, {run.tests} tests passed -> {places.current}",
            soft_wrap=True,
        )


@contextmanager
def _stoppable(limit: float | None, stopped: type[Exception]) -> Iterator[None]:
    """Turn signals and the time limit into an orderly end: dbt stopped, the journal told."""

    def stop(number: int, frame: FrameType | None) -> None:
        name = signal.Signals(number).name
        raise stopped(f"time limit of {limit:.0f} s" if name == "SIGALRM" else name)

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM)
    before = {number: signal.signal(number, stop) for number in numbers}
    if limit:
        signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
