"""Cells that a spreadsheet opens as what they are: a text never becomes a formula."""

from __future__ import annotations

WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
FLOAT_TYPES = ("DOUBLE", "FLOAT")
# Everything else is text, or is written as text.
PLAIN_TYPES = (
    *WHOLE_NUMBERS,
    *(f"U{kind}" for kind in WHOLE_NUMBERS),
    *FLOAT_TYPES,
    *("DECIMAL", "DATE", "TIMESTAMP", "BOOLEAN"),
)
# Spreadsheets take these for the beginning of a formula, full-width ones too, and some look past
# blanks and invisible signs to find one.
FORMULA = r"^(?:[\s\p{C}\p{Z}]*[=+\-@＝＋－＠]|[\x00-\x1f\x7f])"


def quoted(name: str) -> str:
    """An identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text of SQL."""
    return "'" + text.replace("'", "''") + "'"


def is_text(data_type: str) -> bool:
    """Whether a column can hold what a spreadsheet might take for a formula."""
    return data_type.endswith("]") or not data_type.startswith(PLAIN_TYPES)


def cell(name: str, data_type: str) -> str:
    """The SQL of a column as a spreadsheet may read it: an apostrophe before a formula."""
    column = quoted(name)
    if data_type in FLOAT_TYPES:
        return f"case when isfinite({column}) then {column} end as {column}"
    if not is_text(data_type):
        return column
    text = f"cast({column} as varchar)"
    starts = f"regexp_matches({text}, {literal(FORMULA)})"
    return f"case when {starts} then '''' || {text} else {text} end as {column}"
