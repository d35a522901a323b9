"""`health freeze`: baselines from the last build, as rows of seeds."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings, project_vars

VERSION = re.compile(r"\w[\w.-]{0,63}", re.ASCII)


def freeze(
    baseline_version: Annotated[str, typer.Option(help="Version that the rows get.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Replace the rows of a version that exists.")
    ] = False,
    typical: Annotated[
        str, typer.Option(help="Middle of the scores that stands for the unknown: median or mean.")
    ] = "mean",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Freeze peers, rates, typical scores and gains from the last build into the seeds.

    Published scores rest on a version's rows, so a version is replaced only on request.

    Exit codes: 0 written, 1 the version exists, 2 there is no build or a wrong option.
    """
    from scripts.lib.baselines import MIDDLES, has_version, replace_rows
    from scripts.lib.baselines import freeze as freeze_rows
    from scripts.lib.oracle.compare import Seeds
    from scripts.lib.rates import freeze_rates

    settings = load_settings()
    folder = settings.root / "seeds"
    with ui.friendly_errors(as_json):
        if not VERSION.fullmatch(baseline_version):
            raise ui.HealthError(
                f"--baseline-version cannot be {baseline_version!r}.",
                "Give letters, digits, points and dashes, like 2026-01.",
            )
        if not settings.database.is_file():
            raise ui.HealthError(
                f"There is no build at {settings.database}.", "Run `health build`."
            )
        if has_version(folder, baseline_version) and not replace:
            raise ui.HealthError(
                f"Baseline version {baseline_version} exists.",
                "Choose another name, or add --replace if no score was published with it.",
                ui.EXIT_REFUSED,
            )
        if typical not in MIDDLES:
            raise ui.HealthError(f"There is no middle called {typical}.", "Use median or mean.")
        frozen = freeze_rows(settings.database, baseline_version, Seeds(folder), typical)
        parameters: Any = project_vars(settings.root)["metric_parameters"]
        window_days = int(parameters["sev_ticket_rate_ratio"]["window_days"])
        frozen |= freeze_rates(settings.database, baseline_version, window_days)
        written = {
            f"seeds/{name}.csv": replace_rows(folder / f"{name}.csv", rows)
            for name, rows in frozen.items()
        }
    if as_json:
        ui.print_json({"baseline_version": baseline_version, "rows": written})
        return
    console = ui.make_console()
    for name, count in written.items():
        console.print(f"{name}: {count} rows of {baseline_version}")
    console.print("Run `health docs` and `health build` to use them.")
    console.print("Scores rest on the rates: if those moved much, build and freeze once more.")
