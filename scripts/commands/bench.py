"""`health bench`: what the build costs beside a fused script that gives the same numbers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings

if TYPE_CHECKING:
    from scripts.lib.bench.suite import Result


def bench(
    accounts: Annotated[int, typer.Option(min=20, help="Simulated accounts.")] = 20_000,
    months: Annotated[int, typer.Option(min=6, help="Month ends that are scored.")] = 24,
    folder: Annotated[
        Path, typer.Option("--dir", help="Where raw files and databases are kept.")
    ] = Path("data/bench"),
    write: Annotated[
        bool, typer.Option("--write", help="Write the numbers into docs/benchmarks.md.")
    ] = False,
    layers: Annotated[
        bool, typer.Option(help="Build a second time, layer by layer, for the cost of each.")
    ] = True,
    day: Annotated[
        bool, typer.Option(help="Build one more day on the warehouse of the day before.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")] = (
        False
    ),
) -> None:
    """Measure the build against a floor: one fused script over the same raw files.

    Raw files are made once and kept. Takes minutes and several GB of disk at the default size.

    Exit codes: 0 measured, 2 a step failed.
    """
    from scripts.lib.bench import report
    from scripts.lib.bench.day_run import measure_day
    from scripts.lib.bench.measure import ChildFailedError
    from scripts.lib.bench.suite import Bench, run, with_layers

    with ui.friendly_errors(as_json):
        root = load_settings().root
        place = Bench(root, (root / folder).resolve(), accounts, months)
        place.folder.mkdir(parents=True, exist_ok=True)
        console = ui.make_console(error=True)
        try:
            result = run(place, lambda step: console.print(f"[bright_black]{step}[/]"))
            _keep(place.folder, root, result, write)
            if day:
                console.print("[bright_black]building one more day[/]")
                result = replace(result, day=measure_day(place))
                _keep(place.folder, root, result, write)
            if layers:
                console.print("[bright_black]building by layer[/]")
                result = with_layers(place, result)
                _keep(place.folder, root, result, write)
        except ChildFailedError as error:
            raise ui.HealthError(str(error), "Read the log.") from None
        if as_json:
            ui.print_json(report.as_document(result))
        else:
            ui.make_console().print(report.as_markdown(result), markup=False, soft_wrap=True)


def _keep(folder: Path, root: Path, result: Result, write: bool) -> None:
    """Numbers are kept as soon as they are known: the rest of a long run may still fail."""
    from scripts.lib.bench import report

    document = json.dumps(report.as_document(result), indent=2)
    (folder / "result.json").write_text(document, encoding="utf-8")
    if write:
        report.write_page(root / "docs" / "benchmarks.md", report.as_markdown(result))
