"""Writing the export tables as CSV and Parquet, each file in one step."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.console import HealthError
from scripts.lib.exporting.cells import cell, is_text, literal, quoted
from scripts.lib.exporting.limits import WriteBack
from scripts.lib.exporting.tables import ExportTable, find_tables, open_exports

CSV, PARQUET = "csv", "parquet"
FORMATS = (CSV, PARQUET)


@dataclass(frozen=True)
class ExportedFile:
    """A file that was written."""

    table: str
    path: Path
    rows: int


def write_exports(
    database: Path,
    folder: Path,
    formats: Sequence[str],
    write_back: WriteBack,
    wanted: Sequence[str] = (),
) -> list[ExportedFile]:
    """Write the export tables, all or those wanted; a file is replaced only by a complete one.

    Raises HealthError, before anything is written, where more rows would be written back than may.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HealthError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another --folder."
        ) from None
    with open_exports(database, folder) as connection:
        tables = find_tables(connection, database, wanted)
        write_back.check({table.name: table.rows for table in tables})
        return [_write(connection, table, folder, kind) for table in tables for kind in formats]


def _write(
    connection: duckdb.DuckDBPyConnection, table: ExportTable, folder: Path, kind: str
) -> ExportedFile:
    path = folder / f"{table.name}.{kind}"
    unfinished = folder / f".{table.name}.{kind}.{os.getpid()}"
    if kind == CSV:
        # Quoted texts stay whole whichever sign a spreadsheet takes for the separator.
        texts = ", ".join(quoted(name) for name, data_type in table.columns if is_text(data_type))
        options = "format csv, header true" + (f", force_quote ({texts})" if texts else "")
        values = ", ".join(cell(name, data_type) for name, data_type in table.columns)
    else:
        options = "format parquet, compression zstd"
        values = ", ".join(quoted(name) for name, _ in table.columns)
    try:
        written = connection.execute(
            f"copy (select {values} from {table.relation} order by all)"
            f" to {literal(str(unfinished))} ({options})"
        ).fetchone()
        os.replace(unfinished, path)
    except (duckdb.Error, OSError) as error:
        raise HealthError(
            f"{path} cannot be written: {str(error).splitlines()[0]}",
            "The files of the last export are unchanged. Free the folder's disk or choose another.",
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return ExportedFile(table.name, path, int(written[0]) if written else 0)
