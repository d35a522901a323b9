"""Writing the export tables as CSV and Parquet, each file in one step."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.console import HealthError
from scripts.lib.exporting.cells import cell, is_text, literal, quoted

SCHEMA = "exports"
# Steps of the layer lie in the same schema and leave the warehouse no more than those of others.
PREFIX = "export_"
CSV, PARQUET = "csv", "parquet"
FORMATS = (CSV, PARQUET)


@dataclass(frozen=True)
class ExportedFile:
    """A file that was written."""

    table: str
    path: Path
    rows: int


def write_exports(database: Path, folder: Path, formats: Sequence[str]) -> list[ExportedFile]:
    """Write every table of the schema `exports`; a file is replaced only by a complete one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HealthError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another --folder."
        ) from None
    with duckdb.connect(str(database), read_only=True) as connection:
        _lock(connection, folder)
        tables = _columns(connection)
        if not tables:
            raise HealthError(
                f"{database} has no tables to export.",
                "Run `health build` and read what it reports.",
            )
        return [
            _write(connection, table, columns, folder, kind)
            for table, columns in tables.items()
            for kind in formats
        ]


def _lock(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The file's own views and this connection reach the export folder and nothing else."""
    connection.execute("set global TimeZone = 'UTC'")
    connection.execute(f"set allowed_directories = [{literal(str(folder))}]")
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set autoload_known_extensions = false")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    found = connection.execute(
        "select table_name, column_name, data_type from information_schema.columns"
        " where table_catalog = current_database() and table_schema = ?"
        " and starts_with(table_name, ?) order by table_name, ordinal_position",
        [SCHEMA, PREFIX],
    ).fetchall()
    tables: dict[str, list[tuple[str, str]]] = {}
    for table, column, data_type in found:
        tables.setdefault(str(table), []).append((str(column), str(data_type)))
    return tables


def _write(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: list[tuple[str, str]],
    folder: Path,
    kind: str,
) -> ExportedFile:
    path = folder / f"{table}.{kind}"
    unfinished = folder / f".{table}.{kind}.{os.getpid()}"
    if kind == CSV:
        # Quoted texts stay whole whichever sign a spreadsheet takes for the separator.
        texts = ", ".join(quoted(name) for name, data_type in columns if is_text(data_type))
        options = "format csv, header true" + (f", force_quote ({texts})" if texts else "")
        values = ", ".join(cell(name, data_type) for name, data_type in columns)
    else:
        options = "format parquet, compression zstd"
        values = ", ".join(quoted(name) for name, _ in columns)
    try:
        written = connection.execute(
            f"copy (select {values} from {quoted(SCHEMA)}.{quoted(table)} order by all)"
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
    return ExportedFile(table, path, int(written[0]) if written else 0)
