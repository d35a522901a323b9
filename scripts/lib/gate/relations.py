"""Rows that point to nothing, and records that vanished: the rules that read two tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.gate.columns import is_readable_type, resolve, typed_sql
from scripts.lib.gate.reader import Reader
from scripts.lib.gate.records import Check
from scripts.lib.gate.staging_sql import literal
from scripts.lib.source_contract import ContractTable


@dataclass(frozen=True)
class Content:
    """The rows of a table, from wherever its files lie."""

    table: ContractTable
    paths: tuple[Path, ...]

    @property
    def relation(self) -> str:
        """A DuckDB table function that reads all files, as staging would."""
        listed = ", ".join(literal(str(path)) for path in self.paths)
        if self.paths[0].suffix == ".parquet":
            return f"read_parquet([{listed}], union_by_name = true)"
        return f"read_csv([{listed}], header = true, all_varchar = true)"

    def columns(self, connection: duckdb.DuckDBPyConnection, reader: Reader) -> dict[str, str]:
        """The table's columns and their types; asked once in a run."""
        if self.paths not in reader.described:
            rows = connection.execute(f"describe select * from {self.relation}").fetchall()
            reader.described[self.paths] = {str(row[0]): str(row[1]) for row in rows}
        return reader.described[self.paths]

    def values(
        self, connection: duckdb.DuckDBPyConnection, reader: Reader, columns: tuple[str, ...]
    ) -> str | None:
        """A query of some columns as comparable text; nothing where the table lacks one."""
        resolved = resolve(self.table, self.columns(connection, reader))
        if any(name not in resolved or not is_readable_type(resolved[name]) for name in columns):
            return None
        names = ", ".join(
            f"lower(cast({typed_sql(reader, resolved[name])} as varchar)) as value_{number}"
            for number, name in enumerate(columns)
        )
        return f"select {names} from {self.relation}"


def orphans(
    connection: duckdb.DuckDBPyConnection,
    reader: Reader,
    child: Content,
    column: str,
    parent: Content,
    parent_column: str,
) -> Check | None:
    """How many filled values of a column are not in the parent's."""
    values = child.values(connection, reader, (column,))
    known = parent.values(connection, reader, (parent_column,))
    if values is None or known is None:
        return None
    row = connection.execute(
        f"with counted as (select value_0, count(*) as rows from ({values})"
        " where value_0 is not null group by 1),"
        f" known as (select distinct value_0 from ({known}))"
        " select coalesce(sum(rows), 0), coalesce(sum(rows) filter (where not exists"
        " (select 1 from known where known.value_0 = counted.value_0)), 0) from counted"
    ).fetchone()
    return Check(int(row[1]), int(row[0])) if row else None


def lost_keys(
    connection: duckdb.DuckDBPyConnection, reader: Reader, new: Content, old: Content
) -> Check | None:
    """How many keys of the accepted table are not in the new one."""
    key = new.table.key
    values = old.values(connection, reader, key)
    known = new.values(connection, reader, key)
    if values is None or known is None:
        return None
    names = ", ".join(f"value_{number}" for number in range(len(key)))
    row = connection.execute(
        f"with old_keys as (select distinct {names} from ({values})),"
        f" lost as (select * from old_keys except select {names} from ({known}))"
        " select (select count(*) from lost), (select count(*) from old_keys)"
    ).fetchone()
    return Check(int(row[0]), int(row[1])) if row else None
