"""Erasure from raw files: rows about the people go, references to them and their words are blanked.

A file with nothing to erase is not touched. What changes is written beside its place; the caller
puts all new files in place together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from scripts.lib.privacy.subjects import ROW, VALUE, Subjects, is_named, pattern_of, subject_columns
from scripts.lib.raw_files import RawTable, column_named
from scripts.lib.source_contract import ContractTable
from scripts.lib.texts.sentiment import TEXT_SOURCES

MARK = ".erasing"
ERASED = "[erased]"
TEXTUAL = "VARCHAR"
LANDED = "landed"


@dataclass
class FileErasure:
    """What became of one file; `beside` is empty where there was nothing to erase."""

    path: Path
    rows_removed: int = 0
    values_blanked: int = 0
    rows_left: int = 0
    beside: Path | None = None


@dataclass
class Plan:
    """The changes of one file as SQL."""

    removed: str = "false"
    columns: dict[str, str] = field(default_factory=dict)  # new value by column
    hits: dict[str, str] = field(default_factory=dict)  # condition by column


def erase_file(
    connection: duckdb.DuckDBPyConnection,
    table: ContractTable | None,
    path: Path,
    subjects: Subjects,
    *,
    note: str,
    dry_run: bool = False,
) -> FileErasure:
    """Write the file without the people beside it; a table outside of the contract is searched."""
    raw = RawTable("", path.stem, path)
    columns = raw.columns(connection)
    plan = _plan(table, columns, subjects)
    counts = ", ".join(
        ["count(*)", f"count(*) filter (where {plan.removed})"]
        + [f"count(*) filter (where not {plan.removed} and {hit})" for hit in plan.hits.values()]
    )
    row = connection.execute(f"select {counts} from {raw.relation}").fetchone() or (0, 0)
    result = FileErasure(path, int(row[1]), sum(map(int, row[2:])), int(row[0]) - int(row[1]))
    if table is not None:
        subjects.text_hashes |= _text_hashes(connection, table, columns, raw, plan)
    if dry_run or not (result.rows_removed or result.values_blanked):
        return result
    result.beside = path.with_name(f".{path.name}{MARK}")
    selected = ", ".join(
        f'{plan.columns[name]} as "{name}"' if name in plan.columns else f'"{name}"'
        for name in columns
    )
    connection.execute(
        f"copy (select {selected} from {raw.relation} where not {plan.removed})"
        f" to '{_quoted(result.beside)}' ({_format(connection, path, note)})"
    )
    return result


def _plan(table: ContractTable | None, columns: dict[str, str], subjects: Subjects) -> Plan:
    plan = Plan()
    persons = subject_columns(table, columns) if table else []
    marked, texts = _marked(table, columns), _marked(table, columns, "text")
    references = [column for column in persons if column.effect == VALUE]
    plan.removed = is_named([column for column in persons if column.effect == ROW])
    terms = pattern_of(subjects.terms).replace("'", "''")
    words = pattern_of([*subjects.terms, *sorted(subjects.names)]).replace("'", "''")
    named = is_named(references)
    for column in references:
        plan.hits[column.name] = is_named([column])
        plan.columns[column.name] = f'case when not {is_named([column])} then "{column.name}" end'
    for name, data_type in columns.items():
        if data_type != TEXTUAL or name in plan.columns:
            continue
        sought = words if name in texts else terms
        if not subjects.terms and sought == terms:
            continue
        found = f"coalesce(regexp_matches(\"{name}\", '{sought}'), false)"
        redacted = f"regexp_replace(\"{name}\", '{sought}', '{ERASED}', 'g')"
        # What the person wrote or is called goes as a whole where the row is about the person.
        is_own = name in marked and bool(references)
        plan.hits[name] = f'({found} or ({named} and "{name}" is not null))' if is_own else found
        kept = f'case when {found} then {redacted} else "{name}" end'
        plan.columns[name] = f"case when not {named} then {kept} end" if is_own else kept
    return plan


def _marked(
    table: ContractTable | None, columns: dict[str, str], kind: str | None = None
) -> set[str]:
    found = {
        column_named(columns, column.name, *column.aliases)
        for column in (table.columns if table else ())
        if column.rules.get("pii") and kind in (None, column.rules["pii"])
    }
    return {name for name in found if name is not None}


def _text_hashes(
    connection: duckdb.DuckDBPyConnection,
    table: ContractTable,
    columns: dict[str, str],
    raw: RawTable,
    plan: Plan,
) -> set[str]:
    """The hashes of scored texts that go or change, by which builds know them."""
    found: set[str] = set()
    for system, name, column in TEXT_SOURCES:
        actual = column_named(columns, column)
        if (table.system, table.table) == (system, name) and actual is not None:
            hit = plan.hits.get(actual, "false")
            rows = connection.execute(
                f'select distinct md5("{actual}") from {raw.relation}'
                f' where "{actual}" is not null and ({plan.removed} or {hit})'
            ).fetchall()
            found |= {str(row[0]) for row in rows}
    return found


def _format(connection: duckdb.DuckDBPyConnection, path: Path, note: str) -> str:
    """The same format and compression; the note makes a landed file differ from the accepted."""
    if path.suffix != ".parquet":
        packed = ", compression gzip" if path.suffix == ".gz" else ""
        quoted = ", force_quote *" if note.endswith(LANDED) else ""
        return f"format csv, header true{packed}{quoted}"
    row = connection.execute(
        "select any_value(compression) from parquet_metadata(?)", [str(path)]
    ).fetchone()
    codec = str(row[0]).lower() if row and row[0] else "snappy"
    return f"format parquet, compression {codec}, kv_metadata {{erasure: '{note}'}}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
