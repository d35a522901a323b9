"""When rows were loaded first whose later versions have overwritten them.

Most loaders keep one version of a row and give it the clock of its last load. Read alone, such a
row seems unknown on every day before, and past dates would lose it. So whenever an export shows a
key with a later clock than the accepted one did, the earlier clock is kept, for as long as the
state lives: also through a rebuild of everything.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import polars as pl

from scripts.lib.gate.columns import is_readable_type, resolve, typed_sql
from scripts.lib.gate.reader import Reader
from scripts.lib.gate.relations import Content

FOLDER = "first_loads"
COLUMNS = pl.Schema(
    {
        "source_system": pl.String(),
        "source_table": pl.String(),
        "row_key": pl.String(),
        "first_loaded_at": pl.Datetime("us"),
    }
)


def overwritten(
    connection: duckdb.DuckDBPyConnection, reader: Reader, new: Content, old: Content
) -> pl.DataFrame:
    """The keys that the new export shows only with later clocks, with their earlier first load."""
    before, after = (_first_loads(connection, reader, content) for content in (old, new))
    if before is None or after is None:
        return pl.DataFrame(schema=COLUMNS)
    rows = connection.execute(
        "select ?, ?, before.row_key, before.loaded_at"
        f" from ({before}) as before inner join ({after}) as after"
        " on before.row_key = after.row_key where before.loaded_at < after.loaded_at",
        [new.table.system, new.table.table],
    ).fetchall()
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def _first_loads(
    connection: duckdb.DuckDBPyConnection, reader: Reader, content: Content
) -> str | None:
    """A query of the first load by key, or nothing where the table lacks key or clock."""
    table = content.table
    resolved = resolve(table, content.columns(connection, reader))
    names = (*table.key, table.loaded_at or "")
    if any(name not in resolved or not is_readable_type(resolved[name]) for name in names):
        return None
    loaded_at = typed_sql(reader, resolved[names[-1]])
    # The same text as the macro surrogate_key makes of the key's columns.
    texts = " || '|' || ".join(
        f"coalesce(cast({typed_sql(reader, resolved[name])} as varchar), '~null~')"
        for name in table.key
    )
    return (
        f"select md5({texts}) as row_key, min({loaded_at}) as loaded_at"
        f" from {content.relation} group by 1"
    )


def keep_first_loads(derived_dir: Path, system: str, found: pl.DataFrame) -> None:
    """Add what one run has found of a system; the earliest load of a key stands."""
    if found.is_empty():
        return
    path = derived_dir / FOLDER / f"{system}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=COLUMNS)
    keys = [name for name in COLUMNS if name != "first_loaded_at"]
    earliest = pl.concat([known, found]).group_by(keys).agg(pl.col("first_loaded_at").min())
    part = path.with_name(path.name + ".part")
    earliest.sort(keys).write_parquet(part)
    os.replace(part, path)
