"""`health export`: the export tables as files for other systems."""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import Annotated

import typer

from scripts.commands.build import AsJson
from scripts.lib import console as ui
from scripts.lib.settings import load_settings


class Format(enum.StrEnum):
    """What a file is written as."""

    csv = "csv"
    parquet = "parquet"


def export(
    folder: Annotated[
        Path | None,
        typer.Option("--folder", help="Where to write; HEALTH_EXPORT_DIR or data/exports if none."),
    ] = None,
    formats: Annotated[
        list[Format] | None,
        typer.Option("--format", help="csv or parquet; both if none. May be given twice."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the tables of the layer `exports` as CSV and Parquet.

    They come from the published version, or from the last good build if nothing was published.
    In CSV a text that a spreadsheet would take for a formula begins with an apostrophe.

    Exit codes: 0 written, 2 there is no build, or the folder cannot be written.
    """
    from scripts.lib.exporting.files import write_exports
    from scripts.lib.refresh.places import load_places
    from scripts.lib.warehouse import open_warehouse

    with ui.friendly_errors(as_json):
        settings = load_settings()
        published = load_places(settings).current
        database = published if published.exists() else settings.database
        open_warehouse(database).connection.close()
        chosen = folder or Path(os.environ.get("HEALTH_EXPORT_DIR") or "data/exports")
        place = (chosen if folder else settings.root / chosen.expanduser()).resolve()
        kinds = [kind.value for kind in formats or Format]
        files = write_exports(database, place, kinds)
    if as_json:
        ui.print_json(
            [{"table": file.table, "path": str(file.path), "rows": file.rows} for file in files]
        )
        return
    out = ui.make_console()
    for file in files:
        out.print(f"{file.rows:>9,} rows  {file.path}", soft_wrap=True, markup=False)
