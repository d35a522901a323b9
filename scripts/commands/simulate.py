"""`health simulate`: what another version or card of the scoring model would have said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.progress import Bar
from scripts.lib.settings import load_settings


def simulate(
    candidate: Annotated[
        str,
        typer.Argument(metavar="CARD", help="A score_version, or one card of the published one."),
    ],
    stated: Annotated[
        list[Path] | None,
        typer.Option("--with", help="A folder or CSV file of seed rows that differ; repeatable."),
    ] = None,
    objective: Annotated[
        str, typer.Option("--objective", help="overall, retention, growth or advocacy.")
    ] = "overall",
    markdown: Annotated[
        Path | None, typer.Option("--markdown", help="Write the comparison for a pull request.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Score a candidate over the whole book and history beside the published version.

    The candidate's rows stand in the seeds under a score_version of their own, or in files of the
    same names given by --with; what it does not state, it has from the published version. The build
    is only read, and raw data are not.

    Exit codes: 0 compared, 1 a model cannot be built with it, 2 there is no build or no such
    candidate, or its seeds are wrong, 75 another simulation is running.
    """
    from scripts.lib.simulation.markdown import simulation_markdown
    from scripts.lib.simulation.simulate import simulate as run_simulation
    from scripts.lib.simulation.view import show_simulation

    with ui.friendly_errors(as_json):
        if markdown is not None and not markdown.parent.is_dir():
            raise ui.HealthError(
                f"--markdown: there is no folder {markdown.parent}.", "Name a file in a folder."
            )
        with Bar(quiet=as_json) as bar:
            bar.step("simulate")
            document = run_simulation(
                load_settings(), candidate, stated or [], objective, bar.event
            )
        if markdown is not None:
            markdown.write_text(simulation_markdown(document), encoding="utf-8")
    if as_json:
        ui.print_json(document)
        return
    console = ui.make_console()
    show_simulation(console, document)
    if markdown is not None:
        console.print(f"Written to {markdown}", soft_wrap=True)
