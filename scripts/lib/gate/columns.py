"""The columns of a contract as they are in one file, and their values as staging reads them."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.lib.contract_types import is_castable
from scripts.lib.gate.reader import Reader
from scripts.lib.gate.staging_sql import quoted, staging_family
from scripts.lib.raw_files import column_named
from scripts.lib.source_contract import ContractColumn, ContractTable


@dataclass(frozen=True)
class Resolved:
    """A column of the contract as it is in one file."""

    expected: ContractColumn
    raw: str
    data_type: str
    family: str

    @property
    def name(self) -> str:
        """The contract's name."""
        return self.expected.name


def resolve(table: ContractTable, raw_columns: dict[str, str]) -> dict[str, Resolved]:
    """The contract's columns that a file has, under whatever spelling."""
    found = {}
    for column in table.columns:
        raw = column_named(raw_columns, column.name, *column.aliases)
        if raw is not None:
            data_type = raw_columns[raw]
            found[column.name] = Resolved(column, raw, data_type, staging_family(data_type))
    return found


def is_readable_type(column: Resolved) -> bool:
    """Whether values of the file's type can mean the contract's at all, as staging sees it."""
    family = {"float": "number", "decimal": "number", "integer": "number"}.get(
        column.family, column.family
    )
    return is_castable({"timestamptz": "timestamp"}.get(family, family), column.expected)


def typed_sql(reader: Reader, column: Resolved) -> str:
    """A column's value as staging reads it, before its enumeration is mapped."""
    rules = column.expected.rules
    value = reader.sql.typed(
        quoted(column.raw),
        column.family,
        column.expected.data_type,
        is_verbatim=bool(rules.get("verbatim")),
    )
    return reader.sql.snake_case(value) if rules.get("enum") else value
