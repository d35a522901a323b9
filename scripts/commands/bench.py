"""`health bench`: what the build costs beside a fused script that gives the same numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def bench(
    accounts: Annotated[int, typer.Option(min=20, help="Simulated accounts.")] = 20_000,
    months: Annotated[int, typer.Option(min=6, help="Month ends that are scored.")] = 24,
    folder: Annotated[
        Path, typer.Option("--dir", help="Where raw files and databases are kept.")
    ] = Path("data/bench"),
    write: Annotated[
        bool, typer.Option("--write", help="Write the numbers into docs/benchmarks.md.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")] = (
        False
    ),
) -> None:
    """Measure the build against a floor: one fused script over the same raw files.

    Raw files are made once and kept. Takes minutes and several GB of disk at the default size.

    Exit codes: 0 measured, 2 a step failed.
    """
    from scripts.lib.bench import report
    from scripts.lib.bench.measure import ChildFailedError
    from scripts.lib.bench.suite import Bench, run

    with ui.friendly_errors(as_json):
        root = load_settings().root
        place = Bench(root, (root / folder).resolve(), accounts, months)
        place.folder.mkdir(parents=True, exist_ok=True)
        console = ui.make_console(error=True)
        try:
            result = run(place, lambda step: console.print(f"[bright_black]{step}[/]"))
        except ChildFailedError as error:
            raise ui.HealthError(str(error), "Read the log.") from None
        document = report.as_document(result)
        (place.folder / "result.json").write_text(json.dumps(document, indent=2), encoding="utf-8")
        if write:
            report.write_page(root / "docs" / "benchmarks.md", report.as_markdown(result))
        if as_json:
            ui.print_json(document)
        else:
            ui.make_console().print(report.as_markdown(result), markup=False, soft_wrap=True)
