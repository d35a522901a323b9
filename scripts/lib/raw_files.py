"""The raw exports as files: where a table lies, how to read it, and its columns by loose name.

Finds what the staging macros find, in the same order, so that the doctor and the build agree.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.settings import Settings, project_vars

FORMATS = {
    "parquet": (".parquet", "/", ".csv", ".csv.gz"),
    "csv": (".csv", ".csv.gz", ".parquet", "/"),
}


@dataclass(frozen=True)
class RawTable:
    """One table of an export: a file, or a folder of Parquet files."""

    system: str
    table: str
    path: Path

    @property
    def relation(self) -> str:
        """A DuckDB table function that reads the file."""
        quoted = str(self.path).replace("'", "''")
        if self.path.is_dir():
            return f"read_parquet('{quoted}/*.parquet', union_by_name = true)"
        if self.path.suffix == ".parquet":
            return f"read_parquet('{quoted}')"
        return f"read_csv('{quoted}', header = true, all_varchar = true)"

    @property
    def size(self) -> int:
        """The size of the smallest file, in bytes."""
        files = list(self.path.glob("*.parquet")) if self.path.is_dir() else [self.path]
        return min(file.stat().st_size for file in files)

    def columns(self, connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
        """The file's columns and their types; reads no rows of a Parquet file."""
        described = connection.execute(f"describe select * from {self.relation}").fetchall()
        return {str(row[0]): str(row[1]) for row in described}


def source_format(settings: Settings) -> str:
    """The format that is preferred where a table is there in both, as the project's var says."""
    return str(project_vars(settings.root).get("source_format", "parquet"))


def find_table(
    folder: Path, system: str, names: tuple[str, ...], preferred: str = "parquet"
) -> RawTable | None:
    """The table's file under any of its names, or nothing when the export has none."""
    if not folder.is_dir():
        return None
    entries = {entry.name.lower(): entry for entry in sorted(folder.iterdir())}
    for suffix in FORMATS.get(preferred, FORMATS["parquet"]):
        for name in names:
            entry = entries.get(name.lower() + suffix.rstrip("/"))
            if entry is None:
                continue
            if suffix != "/" and entry.is_file():
                return RawTable(system, names[0], entry)
            if suffix == "/" and entry.is_dir() and any(entry.glob("*.parquet")):
                return RawTable(system, names[0], entry)
    return None


def loose(name: str) -> str:
    """A column's name without case and underscores: AccountId, account_id and ACCOUNTID are one."""
    return name.lower().replace("_", "")


def column_named(columns: dict[str, str], name: str, *aliases: str) -> str | None:
    """The file's own spelling of a column: exact, then the same letters, then each alias."""
    if name in columns:
        return name
    by_loose_name: dict[str, str] = {}
    for column in columns:
        by_loose_name.setdefault(loose(column), column)
    for wanted in (name, *aliases):
        if loose(wanted) in by_loose_name:
            return by_loose_name[loose(wanted)]
    return None
