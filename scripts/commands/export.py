"""`health export`: the export tables as files for other systems."""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import Annotated

import typer

from scripts.commands.build import AsJson
from scripts.lib import console as ui
from scripts.lib.settings import Settings, load_settings


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
    tables: Annotated[
        list[str] | None,
        typer.Option("--table", help="Only this table. May be given several times."),
    ] = None,
    limit_rows: Annotated[
        int | None,
        typer.Option(
            "--limit-rows", min=0, help="Most rows to write back; config/exports.yml if none."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show rows, columns and first values; write nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write the tables of the layer `exports` as CSV and Parquet.

    They come from the published version, or from the last good build if nothing was published.
    A table that is written back to a CRM holds only rows that differ from what it holds.
    In CSV a text that a spreadsheet would take for a formula begins with an apostrophe.

    Exit codes: 0 written or shown, 1 refused because more rows differ than may be written back,
    2 there is no build or no such table, or the folder cannot be written.
    """
    from scripts.lib.exporting.files import write_exports
    from scripts.lib.exporting.limits import read_write_back
    from scripts.lib.exporting.preview import preview_exports, show_preview
    from scripts.lib.warehouse import open_warehouse

    with ui.friendly_errors(as_json):
        settings = load_settings()
        database = _source(settings)
        open_warehouse(database).connection.close()
        write_back = read_write_back(settings.root, limit_rows)
        if dry_run:
            shown = preview_exports(database, write_back, tables or ())
        else:
            chosen = folder or Path(os.environ.get("HEALTH_EXPORT_DIR") or "data/exports")
            place = (chosen if folder else settings.root / chosen.expanduser()).resolve()
            kinds = [kind.value for kind in formats or Format]
            files = write_exports(database, place, kinds, write_back, tables or ())
            shown = [
                {"table": file.table, "path": str(file.path), "rows": file.rows} for file in files
            ]
    if as_json:
        ui.print_json(shown)
        return
    out = ui.make_console()
    if dry_run:
        show_preview(out, shown)
        return
    for file in shown:
        out.print(f"{file['rows']:>9,} rows  {file['path']}", soft_wrap=True, markup=False)


def _source(settings: Settings) -> Path:
    """The published version, or the last good build."""
    from scripts.lib.refresh.places import load_places

    published = load_places(settings).current
    return published if published.exists() else settings.database
