"""Who is to be erased: the list that a person hands in, and all keys that these people go by."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from scripts.lib.console import HealthError
from scripts.lib.privacy.key import keyed_hash
from scripts.lib.raw_files import RawTable, column_named
from scripts.lib.source_contract import ContractTable

EMAIL = "email"
TEXT = "text"
# Follows from the others; nobody hands it in, and no later export needs it.
EVENT = "email_event_id"
KINDS = (
    EMAIL,
    "contact_id",
    "support_user_id",
    "survey_person_id",
    "marketing_contact_id",
    "product_user_id",
    TEXT,
)
ROW, VALUE = "row", "value"
# A shorter key may be a part of an innocent text or number.
SHORTEST_TERM = 8


@dataclass(frozen=True)
class SubjectColumn:
    """A column of a file that names people, and what becomes of a row that names an erased one."""

    name: str
    kind: str
    effect: str
    data_type: str

    @property
    def key(self) -> str:
        """The value as the list of subjects writes it, as SQL."""
        text = f'cast("{self.name}" as varchar)'
        if self.data_type in ("DOUBLE", "FLOAT"):
            text = f'cast(try_cast("{self.name}" as bigint) as varchar)'
        return f"lower(trim({text}))" if self.kind == EMAIL else f"trim({text})"


@dataclass
class Subjects:
    """All that the people to be erased are known by."""

    values: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    text_hashes: set[str] = field(default_factory=set)
    count: int = 0

    def add(self, kind: str, values: set[str]) -> bool:
        """Add keys; returns whether any was new."""
        known = self.values.setdefault(kind, set())
        before = len(known)
        known |= {value for value in values if value}
        return len(known) > before

    def hashes(self, key: bytes) -> list[tuple[str, str]]:
        """What the erasure list keeps, by kind."""
        return sorted(
            (kind, keyed_hash(key, value))
            for kind, values in self.values.items()
            for value in values
            if kind not in (TEXT, EVENT)
        )

    @property
    def terms(self) -> list[str]:
        """What may be sought within longer texts, the longest first."""
        found = {
            value
            for kind, values in self.values.items()
            for value in values
            if kind != EVENT and (kind in (EMAIL, TEXT) or len(value) >= SHORTEST_TERM)
        }
        return sorted(found, key=lambda term: (-len(term), term))

    def exact(self, key: bytes) -> set[str]:
        """Whole values that stand for these people in a database."""
        everything = {value for values in self.values.values() for value in values}
        return everything | {digest for _, digest in self.hashes(key)} | self.text_hashes


def pattern_of(terms: list[str]) -> str:
    """A regular expression that finds any of the terms, in any case; the same here as in DuckDB."""
    return "(?i)" + "|".join(re.sub(r"([^\w\s@-])", r"\\\1", term) for term in terms)


def read_subjects(path: Path) -> Subjects:
    """Read the list: a CSV with the columns kind and value. No message repeats a value."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as handle:
            rows = list(csv.DictReader(handle))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise HealthError(
            f"{path} cannot be read: {type(error).__name__}.",
            "Hand in a CSV file in UTF-8 with the columns kind and value.",
        ) from None
    if not rows or not {"kind", "value"} <= set(rows[0]):
        raise HealthError(
            f"{path} has no rows, or not the columns kind and value.",
            f"A line is like email,ann@acme.example; the kinds are {', '.join(KINDS)}.",
        )
    subjects = Subjects(count=len(rows))
    for number, row in enumerate(rows, 2):
        kind, value = (row["kind"] or "").strip().lower(), (row["value"] or "").strip()
        if kind not in KINDS:
            raise HealthError(
                f"{path}, line {number}: the kind is none of {', '.join(KINDS)}.",
                "Correct the line; nothing was erased.",
            )
        if not value or (kind == TEXT and len(value) < SHORTEST_TERM):
            raise HealthError(
                f"{path}, line {number}: the value is empty, or a text shorter than"
                f" {SHORTEST_TERM} characters.",
                "Correct the line; nothing was erased.",
            )
        if kind == EMAIL and "@" not in value:
            raise HealthError(
                f"{path}, line {number}: the value is no e-mail address.",
                "Correct the line; nothing was erased.",
            )
        subjects.add(kind, {value.lower() if kind == EMAIL else value})
    return subjects


def subject_columns(table: ContractTable, columns: dict[str, str]) -> list[SubjectColumn]:
    """The columns of a file that name people, by the contract's marks."""
    found = []
    for column in table.columns:
        name = column_named(columns, column.name, *column.aliases)
        if name is not None and column.rules.get("subject"):
            found.append(
                SubjectColumn(
                    name, str(column.rules["subject"]), str(column.rules["erase"]), columns[name]
                )
            )
    return found


def names_one_of(connection: duckdb.DuckDBPyConnection, subjects: Subjects) -> None:
    """Lay out the keys as the table `subject_keys`, for the conditions of this connection."""
    connection.execute("create or replace temp table subject_keys (kind varchar, value varchar)")
    rows = [(kind, value) for kind, values in subjects.values.items() for value in values]
    if rows:
        connection.executemany("insert into subject_keys values (?, ?)", rows)


def is_named(columns: list[SubjectColumn]) -> str:
    """The condition that any of the columns names an erased person, as SQL."""
    parts = [
        f"coalesce({column.key} in (select value from subject_keys where kind = '{column.kind}'),"
        " false)"
        for column in columns
    ]
    return "(" + " or ".join(parts) + ")" if parts else "false"


def expand(
    connection: duckdb.DuckDBPyConnection,
    subjects: Subjects,
    tables: list[tuple[ContractTable, RawTable]],
) -> None:
    """Follow each person through all systems: an address leads to ids, and an id to addresses."""
    linking = []
    for table, raw in tables:
        columns = raw.columns(connection)
        persons = [item for item in subject_columns(table, columns) if item.effect == ROW]
        if len(persons) > 1:
            linking.append((table, raw, columns, persons))
    grown = True
    while grown:
        grown = False
        names_one_of(connection, subjects)
        for table, raw, columns, persons in linking:
            names = _name_columns(table, columns)
            selected = [item.key for item in persons] + [f'"{name}"' for name in names]
            rows = connection.execute(
                f"select {', '.join(selected)} from {raw.relation} where {is_named(persons)}"
            ).fetchall()
            for index, person in enumerate(persons):
                grown |= subjects.add(person.kind, {row[index] for row in rows if row[index]})
            for row in rows:
                full = [str(value).strip() for value in row[len(persons) :] if value]
                subjects.names |= {name for name in full if " " in name and len(name) > 5}


def _name_columns(table: ContractTable, columns: dict[str, str]) -> list[str]:
    found = (
        column_named(columns, column.name, *column.aliases)
        for column in table.columns
        if column.rules.get("pii") == "name"
    )
    return [name for name in found if name is not None]
