"""Checks of the raw files against the source contract: quick, before anything is built."""

from __future__ import annotations

import duckdb

from scripts.lib.findings import CONFIGURATION, DATA, ERROR, WARNING, Finding
from scripts.lib.raw_files import RawTable, column_named, find_table, source_format
from scripts.lib.settings import Settings
from scripts.lib.source_contract import ContractColumn, ContractTable, read_contract

DERIVED = "derived"
SAMPLE_ROWS = 2000
MANY = 0.5
NUMBERS = ("int", "double", "float", "decimal", "numeric", "real", "hugeint")
# What each kind of column can be made from without guessing.
ACCEPTED = {
    "number": {"number", "text", "null"},
    "date": {"date", "number", "text", "null"},
    "boolean": {"boolean", "number", "text", "null"},
    "text": {"number", "date", "boolean", "text", "null"},
}
CASTS = {"number": "double", "date": "timestamp", "boolean": "boolean"}


def check_raw(settings: Settings) -> list[Finding]:
    """Every finding about the raw files."""
    contract = read_contract(settings.root)
    if not contract:
        return []
    if not settings.raw_dir.is_dir():
        return [
            Finding(
                ERROR,
                CONFIGURATION,
                str(settings.raw_dir),
                None,
                "the folder of the raw exports does not exist",
                "Run `health sample`, or set HEALTH_RAW_DIR to your exports",
            )
        ]
    file_format = source_format(settings)
    findings: list[Finding] = []
    with duckdb.connect() as connection:
        for expected in contract:
            folder = settings.raw_dir
            if expected.system == DERIVED:
                folder = settings.derived_dir.parent
            found = find_table(folder, expected.system, expected.table, file_format)
            if expected.system == DERIVED and found is None:
                path = settings.derived_dir / f"{expected.table}.parquet"
                found = RawTable(DERIVED, expected.table, path, "parquet")
                found = found if path.is_file() else None
            if found is None:
                findings += _missing(settings, expected, file_format)
            else:
                findings += _check_table(connection, expected, found)
    return findings


def _missing(settings: Settings, expected: ContractTable, file_format: str) -> list[Finding]:
    path = settings.raw_dir / expected.system / f"{expected.table}.{file_format}"
    other = path.with_suffix(".csv" if file_format == "parquet" else ".parquet")
    if other.is_file():
        return [
            Finding(
                ERROR,
                CONFIGURATION,
                str(other),
                None,
                f"{expected.system}.{expected.table} is {other.suffix[1:]}, and the project"
                f" reads {file_format}",
                "Set vars.source_format in dbt_project.yml to the format of your files",
            )
        ]
    if not expected.is_required:
        return []
    return [
        Finding(
            ERROR,
            DATA,
            str(path),
            None,
            f"the required table {expected.system}.{expected.table} is missing",
            "Export the table again, or set HEALTH_RAW_DIR to the folder that holds it",
        )
    ]


def _check_table(
    connection: duckdb.DuckDBPyConnection, expected: ContractTable, found: RawTable
) -> list[Finding]:
    name = f"{expected.system}.{expected.table}"
    place = str(found.path)
    if found.path.stat().st_size == 0:
        return [
            Finding(ERROR, DATA, place, None, f"{name} is an empty file", _export_again(expected))
        ]
    try:
        columns = found.columns(connection)
        rows = _has_rows(connection, found)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        return [
            Finding(
                ERROR,
                DATA,
                place,
                None,
                f"{name} cannot be read: {reason}",
                "The file is damaged or not complete. " + _export_again(expected),
            )
        ]
    findings = []
    if not rows:
        severity = ERROR if expected.is_required else WARNING
        findings.append(
            Finding(severity, DATA, place, None, f"{name} has no rows", _export_again(expected))
        )
    for column in expected.columns:
        findings += _check_column(connection, expected, found, columns, column)
    return findings


def _has_rows(connection: duckdb.DuckDBPyConnection, found: RawTable) -> bool:
    return connection.execute(f"select 1 from {found.relation} limit 1").fetchone() is not None


def _export_again(expected: ContractTable) -> str:
    action = "Export the table again"
    return action if expected.is_required else f"{action}, or remove the file to build without it"


def _check_column(
    connection: duckdb.DuckDBPyConnection,
    expected: ContractTable,
    found: RawTable,
    columns: dict[str, str],
    column: ContractColumn,
) -> list[Finding]:
    name = f"{expected.system}.{expected.table}"
    place = str(found.path)
    actual = column_named(columns, column.name, *column.aliases)
    if actual is None:
        if not column.is_required:
            return []
        return [
            Finding(
                ERROR,
                DATA,
                place,
                None,
                f"the required column {column.name} of {name} is missing",
                f"Export it, or name the column that holds it under aliases in"
                f" {expected.contract_file}",
            )
        ]
    wanted, given = kind_of(column.data_type), kind_of(columns[actual])
    if given not in ACCEPTED[wanted]:
        return [
            Finding(
                ERROR if column.is_required else WARNING,
                DATA,
                place,
                None,
                f"column {actual} of {name} has the type {columns[actual]}, and"
                f" {column.data_type} is expected",
                f"Export it as {column.data_type}, or correct the contract in"
                f" {expected.contract_file}",
            )
        ]
    if given == "text" and wanted != "text":
        return _check_texts(connection, expected, found, actual, column)
    return []


def _check_texts(
    connection: duckdb.DuckDBPyConnection,
    expected: ContractTable,
    found: RawTable,
    actual: str,
    column: ContractColumn,
) -> list[Finding]:
    """Text where a number, date or boolean belongs: fine if it can be read as one."""
    cast = CASTS[kind_of(column.data_type)]
    numeric_too = f' or try_cast("{actual}" as double) is not null' if cast == "timestamp" else ""
    row = connection.execute(
        f'select count(*), count(*) filter (where try_cast("{actual}" as {cast}) is not null'
        f'{numeric_too}) from (select "{actual}" from {found.relation}'
        f" where trim(\"{actual}\") <> '' limit {SAMPLE_ROWS})"
    ).fetchone()
    total, readable = row if row else (0, 0)
    if total == 0 or readable > total * MANY:
        return []
    return [
        Finding(
            ERROR if column.is_required else WARNING,
            DATA,
            str(found.path),
            None,
            f"column {actual} of {expected.system}.{expected.table} holds text, and"
            f" {column.data_type} is expected: {total - readable:,} of the first {total:,} values"
            " cannot be read",
            f"Export it as {column.data_type}, or correct the contract in {expected.contract_file}",
        )
    ]


def kind_of(data_type: str) -> str:
    """A type's kind: number, date, boolean, text, null, or the name of a nested type."""
    name = data_type.lower()
    if name.endswith("]") or name.startswith(("struct", "map", "blob", "union", "list")):
        return name
    if name.startswith(("date", "timestamp")):
        return "date"
    if name.startswith("bool"):
        return "boolean"
    if any(part in name for part in NUMBERS):
        return "number"
    return "null" if name in {'"null"', "null"} else "text"
