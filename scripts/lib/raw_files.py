"""The raw exports as files: where a table lies, how to read it, and its columns by loose name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.settings import Settings, project_vars


@dataclass(frozen=True)
class RawTable:
    """One table of an export."""

    system: str
    table: str
    path: Path
    file_format: str

    @property
    def relation(self) -> str:
        """A DuckDB table function that reads the file."""
        quoted = str(self.path).replace("'", "''")
        if self.file_format == "csv":
            return f"read_csv('{quoted}', header = true, all_varchar = true)"
        return f"read_parquet('{quoted}')"

    def columns(self, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
        """The file's columns and their types; reads no rows of a Parquet file."""
        described = connection.execute(f"describe select * from {self.relation}").fetchall()
        return {str(row[0]): str(row[1]) for row in described}


def source_format(settings: Settings) -> str:
    """The format of the raw files, as the project's var says."""
    return str(project_vars(settings.root).get("source_format", "parquet"))


def find_table(raw_dir: Path, system: str, table: str, file_format: str) -> RawTable | None:
    """The table's file, or nothing when the export has none."""
    path = raw_dir / system / f"{table}.{file_format}"
    return RawTable(system, table, path, file_format) if path.is_file() else None


def loose(name: str) -> str:
    """A column's name without case and underscores: AccountId, account_id and ACCOUNTID are one."""
    return name.lower().replace("_", "").replace(" ", "")


def column_named(columns: dict[str, str], name: str, *aliases: str) -> str | None:
    """The file's own spelling of a column, an exact spelling first."""
    for wanted in (name, *aliases):
        if wanted in columns:
            return wanted
    by_loose_name = {loose(column): column for column in columns}
    for wanted in (name, *aliases):
        if loose(wanted) in by_loose_name:
            return by_loose_name[loose(wanted)]
    return None
