"""`health sample`: make a sample company's raw exports."""

from __future__ import annotations

import datetime as dt
import enum
import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.world import STEPS, generate
from scripts.lib.sample.writer import ForeignFolderError


class World(enum.StrEnum):
    """Worlds to choose from."""

    base = "base"
    null = "null"
    shift = "shift"


class Format(enum.StrEnum):
    """File formats to choose from."""

    parquet = "parquet"
    csv = "csv"


def sample(
    accounts: Annotated[int, typer.Option(min=20, help="Simulated accounts.")] = 500,
    months: Annotated[int, typer.Option(min=6, max=120, help="Months of history.")] = 36,
    end: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = dt.datetime(
        2025, 12, 31
    ),
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 7,
    world: Annotated[
        World, typer.Option(help="null: no state drives churn; shift: everybody declines late.")
    ] = World.base,
    file_format: Annotated[Format, typer.Option("--format")] = Format.parquet,
    raw_dir: Annotated[Path, typer.Option(envvar="HEALTH_RAW_DIR")] = Path("data/raw"),
    truth_dir: Annotated[Path, typer.Option()] = Path("data/truth"),
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary for machines.")] = False,
) -> None:
    """Make the raw exports of an invented company, and the hidden truth behind them.

    The raw folder is replaced as a whole when everything is written; a failed run leaves the old
    one as it was.

    Exit codes: 0 written; 1 failed, nothing replaced; 2 wrong option; 3 a target folder holds
    files that this command has not made.
    """
    config = WorldConfig(accounts, months, end.date(), seed, world.value)
    console = Console(stderr=as_json)
    started = time.perf_counter()
    try:
        rows = _run(config, raw_dir, truth_dir, file_format, console)
    except ForeignFolderError as error:
        console.print(f"[red]{error}[/red]", soft_wrap=True)
        raise typer.Exit(3) from error
    seconds = round(time.perf_counter() - started, 2)
    if as_json:
        summary = {
            "raw_dir": str(raw_dir),
            "truth_dir": str(truth_dir),
            "accounts": accounts,
            "months": months,
            "end": end.date().isoformat(),
            "seed": seed,
            "world": world.value,
            "format": file_format.value,
            "rows": rows,
            "seconds": seconds,
        }
        typer.echo(json.dumps(summary, indent=2))
    else:
        _show(console, rows, raw_dir, seconds)


def _run(
    config: WorldConfig, raw_dir: Path, truth_dir: Path, file_format: Format, console: Console
) -> dict[str, int]:
    columns = SpinnerColumn(), TextColumn("{task.description:16}"), BarColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=len(STEPS))

        def step(name: str) -> None:
            bar.update(task, description=name, completed=STEPS.index(name))

        return generate(config, raw_dir, truth_dir, file_format.value, step)


def _show(console: Console, rows: dict[str, int], raw_dir: Path, seconds: float) -> None:
    table = Table(title=f"Raw exports in {raw_dir}")
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, count in rows.items():
        table.add_row(name, f"{count:,}")
    table.add_section()
    table.add_row("all tables", f"{sum(rows.values()):,}")
    console.print(table)
    console.print(f"Written in {seconds} s.")
