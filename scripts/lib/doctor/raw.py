"""Checks of the raw files against the source contract: quick, before anything is built."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from scripts.lib.contract_types import NUMERIC, TEMPORAL, is_castable, type_family
from scripts.lib.findings import CONFIGURATION, DATA, ERROR, WARNING, Finding
from scripts.lib.raw_files import RawTable, column_named
from scripts.lib.settings import Settings
from scripts.lib.source_contract import ContractColumn, ContractTable, SourceContract

SAMPLE_ROWS = 2000
MANY = 0.5


@dataclass(frozen=True)
class _Table:
    """A table of the contract and the file that was found for it."""

    expected: ContractTable
    found: RawTable

    def finding(self, message: str, advice: str, severity: str = ERROR) -> Finding:
        return Finding(severity, DATA, str(self.found.path), None, message, advice)

    @property
    def export_again(self) -> str:
        action = "Export the table again"
        if self.expected.is_required:
            return action
        return f"{action}, or remove the file to build without it"


def check_raw(settings: Settings) -> list[Finding]:
    """Every finding about the raw files."""
    contract = SourceContract(settings)
    if contract.tables and not settings.raw_dir.is_dir():
        message = "the folder of the raw exports does not exist"
        advice = "Run `health sample`, or set HEALTH_RAW_DIR to the folder of your exports"
        return [Finding(ERROR, CONFIGURATION, str(settings.raw_dir), None, message, advice)]
    findings: list[Finding] = []
    with duckdb.connect() as connection:
        for expected in contract.tables:
            found = contract.find(expected)
            if found is not None:
                findings += _check_table(connection, _Table(expected, found))
            elif expected.is_required:
                findings.append(_missing(contract, expected))
    return findings


def _missing(contract: SourceContract, expected: ContractTable) -> Finding:
    path = contract.folder(expected) / f"{expected.table}.parquet"
    message = f"the required table {expected.name} is missing; nothing can be scored without it"
    advice = "Export it there, or set HEALTH_RAW_DIR to the folder that holds the systems"
    return Finding(ERROR, DATA, str(path), None, message, advice)


def _check_table(connection: duckdb.DuckDBPyConnection, table: _Table) -> list[Finding]:
    name = table.expected.name
    if table.found.size == 0:
        return [table.finding(f"{name} is an empty file (0 bytes)", table.export_again)]
    try:
        columns = table.found.columns(connection)
        row = connection.execute(f"select 1 from {table.found.relation} limit 1").fetchone()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        advice = "The file is damaged or not complete. " + table.export_again
        return [table.finding(f"{name} cannot be read: {reason}", advice)]
    findings = []
    if row is None:
        severity = ERROR if table.expected.is_required else WARNING
        findings.append(table.finding(f"{name} has no rows", table.export_again, severity))
    for column in table.expected.columns:
        findings += _check_column(connection, table, columns, column)
    return findings


def _check_column(
    connection: duckdb.DuckDBPyConnection,
    table: _Table,
    columns: dict[str, str],
    column: ContractColumn,
) -> list[Finding]:
    name, contract_file = table.expected.name, table.expected.contract_file
    actual = column_named(columns, column.name, *column.aliases)
    if actual is None:
        if not column.is_required:
            return []
        message = f"the required column {column.name} of {name} is missing"
        advice = f"Export it, or add its other name to the column's aliases in {contract_file}"
        return [table.finding(message, advice)]
    family = type_family(columns[actual])
    advice = f"Export it as {column.data_type}, or correct data_type in {contract_file}"
    if not is_castable(family, column):
        message = (
            f"column {actual} of {name} is {columns[actual]}, which cannot become"
            f" {column.data_type}"
        )
        return [table.finding(message, advice)]
    if family != "text" or column.data_type not in NUMERIC | TEMPORAL:
        return []
    total, readable = _readable(connection, table.found, actual, column.data_type)
    if total == 0 or readable > total * MANY:
        return []
    message = (
        f"column {actual} of {name} is text, and {column.data_type} is expected:"
        f" {total - readable:,} of the first {total:,} values cannot be read"
    )
    return [table.finding(message, advice, ERROR if column.is_required else WARNING)]


def _readable(
    connection: duckdb.DuckDBPyConnection, found: RawTable, column: str, data_type: str
) -> tuple[int, int]:
    """How many of the first filled values there are, and how many can be cast."""
    quoted = '"' + column.replace('"', '""') + '"'
    tests = [f"try_cast({quoted} as double) is not null"]
    if data_type in TEMPORAL:
        tests.append(f"try_cast({quoted} as timestamp) is not null")
    row = connection.execute(
        f"select count(*), count(*) filter (where {' or '.join(tests)}) from ("
        f"select {quoted} from {found.relation} where trim({quoted}) <> '' limit {SAMPLE_ROWS})"
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)
