"""`health acceptance`: sample worlds, build them and compare them with the method's windows."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from scripts.lib import console as ui

SeedList = Annotated[list[int] | None, typer.Option("--seed", help="Seeds; may be repeated.")]


def acceptance(
    seeds: SeedList = None,
    accounts: Annotated[int, typer.Option(min=100, help="Accounts per world.")] = 2500,
    months: Annotated[int, typer.Option(min=24, help="Months per world.")] = 54,
    world: Annotated[str, typer.Option(help="base or null.")] = "base",
    folder: Annotated[Path | None, typer.Option(help="Keep the worlds here.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Check that the sample world is neither trivial nor noise: churn rates, coverage, AUCs.

    Exit codes: 0 every mean lies in its window, 1 one does not, 2 configuration or infrastructure.
    """
    from scripts.lib.acceptance import NULL_WINDOWS, WINDOWS

    with ui.friendly_errors(as_json):
        windows = {"base": WINDOWS, "null": NULL_WINDOWS}.get(world)
        if windows is None:
            raise ui.HealthError(f"--world must be base or null, got {world!r}.", "Correct it.")
        with tempfile.TemporaryDirectory() as scratch:
            root = folder or Path(scratch)
            runs = {
                seed: _one_world(root / f"{world}-{seed}", world, seed, accounts, months)
                for seed in seeds or [1, 2, 3]
            }
        names = list(next(iter(runs.values())))
        means = {name: sum(run[name] for run in runs.values()) / len(runs) for name in names}
        missed = [
            name for name, window in windows.items() if not window.low <= means[name] <= window.high
        ]
        if as_json:
            ui.print_json({"world": world, "runs": runs, "means": means, "missed": missed})
        else:
            _show(world, runs, means, windows)
    raise typer.Exit(1 if missed else 0)


def _one_world(folder: Path, world: str, seed: int, accounts: int, months: int) -> dict[str, float]:
    import datetime as dt

    from scripts.lib import dbt_runner
    from scripts.lib.acceptance import measure
    from scripts.lib.sample.config import WorldConfig
    from scripts.lib.sample.world import generate
    from scripts.lib.settings import Settings, load_settings
    from scripts.lib.texts.sentiment import score_texts

    base = load_settings()
    end = dt.date(2025, 12, 31)
    settings = Settings(
        root=base.root,
        database=folder / "health.duckdb",
        raw_dir=folder / "raw",
        derived_dir=folder / "derived",
        as_of_date=end,
    )
    folder.mkdir(parents=True, exist_ok=True)
    config = WorldConfig(accounts, months, end, seed, world)  # type: ignore[arg-type]
    generate(config, settings.raw_dir, folder / "truth", "parquet")
    score_texts(settings)
    outcome = dbt_runner.run_dbt(
        [
            *("build", "--exclude-resource-type", "test", "unit_test"),
            *("--vars", f"{{spine_grain: month, history_periods: {months}}}"),
        ],
        root=settings.root,
        environment={**os.environ, **settings.environment()},
        target_path=folder / "target",
    )
    if outcome.return_code:
        reasons = [failure.message for failure in outcome.failures] or outcome.errors
        raise ui.HealthError(f"dbt could not build world {seed}.\n" + "\n".join(reasons), "")
    return measure(settings.database, folder / "truth")


def _show(world: str, runs: dict[int, Any], means: dict[str, float], windows: Any) -> None:
    table = Table(title=f"Acceptance of the {world} world")
    table.add_column("measure")
    for seed in runs:
        table.add_column(f"seed {seed}", justify="right")
    for heading in ("mean", "window", "reference", ""):
        table.add_column(heading, justify="right")
    for name, mean in means.items():
        window = windows.get(name)
        inside = window is None or window.low <= mean <= window.high
        table.add_row(
            name.replace("_", " "),
            *[f"{run[name]:.3f}" for run in runs.values()],
            f"{mean:.3f}",
            f"{window.low:g} to {window.high:g}" if window else "",
            f"{window.reference:g}" if window else "",
            "" if window is None else ("[green]in[/green]" if inside else "[red]out[/red]"),
        )
    ui.make_console().print(table)
