"""Exported cells in a spreadsheet: no text begins a formula, numbers stay numbers."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from support.batteries import Counted
from support.running import health, health_json

PAYLOADS = (
    "=1+1",
    "=HYPERLINK(\"http://127.0.0.1/?\"&A1;\"open\")",
    "=cmd|'/C calc'!A0",
    "=WEBSERVICE(\"http://127.0.0.1/\"&A1)",
    "=IMPORTXML(CONCAT(\"http://127.0.0.1/\"; A1); \"//a\")",
    "=DDE(\"soffice\";\"/etc/passwd\";\"A1\")",
    "='file:///etc/passwd'#$passwd.A1",
    "=1+1\";=1+1;\"",
    "+1+1",
    "+cmd|' /C notepad'!A0",
    "+447700900123",
    "-1+1",
    "-2+3+cmd|' /C calc'!D2",
    "-",
    "@SUM(1+1)",
    "@import",
    "\t=1+1",
    "\t",
    "\r=1+1",
    "\r\n=1+1",
    "\n=1+1",
    "\x00=1+1",
    "\x00",
    "\x0b=1+1",
    "\x1b[31m=1+1",
    "\x7f=1+1",
    " =1+1",
    "   -1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u202e=1+1",
    "\u2003@SUM(1)",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "=",
    "==1",
    "=\"\"",
    "=1,=2",
    "=1\n=2",
    "@@",
    "+\t=1",
    "-=1",
)  # fmt: skip
# Text that must come out as it is, also where another separator would cut it.
HARMLESS = (
    "Amber Works",
    "a=b",
    "1-2",
    "x;=1+1",
    "x,=1+1",
    "x\t=1+1",
    'x";=1+1;"',
    "x\n=1+1",
    "'quoted'",
    "O'Brien & Sons",
    "<script>alert(1)</script>",
    "Ünïcode ✓",
    "",
)
NUMBERS = (-5.5, -1.0, 0.0, 1e-9, 12345.678, -1e15)
STARTS = "=+-@＝＋－＠\t\r\n\0"
SEPARATORS = ",;\t"

COUNTED = Counted("formulas in exported cells", len(PAYLOADS), 40, "none begins a cell")
pytestmark = pytest.mark.battery


def cells(text: str, separators: str) -> Iterator[list[tuple[str, bool]]]:
    """The rows of a CSV file as a spreadsheet cuts them; a cell, and whether it was quoted."""
    row: list[tuple[str, bool]] = []
    value, quoted, inside, position = "", False, False, 0
    while position < len(text):
        sign = text[position]
        if inside:
            if sign == '"' and text[position + 1 : position + 2] == '"':
                value += '"'
                position += 1
            elif sign == '"':
                inside = False
            else:
                value += sign
        elif sign == '"' and not value:
            inside = quoted = True
        elif sign in separators:
            row.append((value, quoted))
            value, quoted = "", False
        elif sign == "\n":
            yield [*row, (value, quoted)]
            row, value, quoted = [], "", False
        else:
            value += sign
        position += 1


def begins_a_formula(text: str) -> bool:
    shown = text.lstrip()
    while shown and unicodedata.category(shown[0]) in ("Cf", "Cc", "Zs"):
        shown = shown[1:]
    return text[:1] in tuple(STARTS) or shown[:1] in tuple(STARTS)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exports") / "health.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema exports")
        connection.execute(
            "create table exports.export_probe"
            ' (number integer, "a ""name""" varchar, score double, amount decimal(18, 4),'
            " due date, seen_at timestamp, is_due boolean, tags varchar[])"
        )
        moment = dt.datetime(2025, 3, 30, 1, 30)
        rows = [
            [number, text, NUMBERS[number % len(NUMBERS)], -1, moment.date(), moment, True, [text]]
            for number, text in enumerate((*PAYLOADS, *HARMLESS, None))
        ]
        rows.append([len(rows), "endless", float("-inf"), 0, None, None, False, []])
        connection.executemany(
            "insert into exports.export_probe values (?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
    return path


@pytest.fixture(scope="module")
def folder(database: Path) -> Path:
    folder = database.parent / "it's here"
    written = health_json(
        "export", "--folder", str(folder), db=database, published_dir=folder / "none"
    )
    assert sorted(Path(file["path"]).name for file in written) == [
        "export_probe.csv",
        "export_probe.parquet",
    ]
    assert {file["rows"] for file in written} == {len(PAYLOADS) + len(HARMLESS) + 2}
    return folder


@pytest.mark.parametrize("separators", [SEPARATORS, *SEPARATORS])
def test_no_text_begins_a_formula(folder: Path, separators: str) -> None:
    text = (folder / "export_probe.csv").read_bytes().decode("utf-8")
    found = [cell for row in cells(text, separators) for cell in row]
    if "," not in separators:
        # One column of a line that was not cut; numbers of other columns stand in it.
        found = [(cell, quoted) for cell, quoted in found if quoted]
    bad = [cell for cell, quoted in found if begins_a_formula(cell) and not _is_number(cell)]
    assert bad == []
    assert len(PAYLOADS) >= 40


def test_texts_and_numbers_come_back(folder: Path) -> None:
    text = (folder / "export_probe.csv").read_bytes().decode("utf-8")
    header, *rows = cells(text, ",")
    assert [name for name, _ in header][:3] == ["number", 'a "name"', "score"]
    for number, payload in enumerate(PAYLOADS):
        assert rows[number][1] == ("'" + payload, True)
    for number, payload in enumerate(HARMLESS, len(PAYLOADS)):
        assert rows[number][1] == (payload, True)
    for number, row in enumerate(rows[:-2]):
        assert row[2][1] is False
        assert float(row[2][0]) == NUMBERS[number % len(NUMBERS)]
        assert row[3:7] == [
            ("-1.0000", False),
            ("2025-03-30", False),
            ("2025-03-30 01:30:00", False),
            ("true", False),
        ]
    assert rows[-2][1] == ("", False)
    assert rows[-1][2] == ("", False), "an endless number is a text to a spreadsheet"


def test_parquet_is_typed_and_unchanged(folder: Path) -> None:
    rows = duckdb.execute(
        'select "a ""name""", score, tags from read_parquet(?) order by number limit ?',
        [str(folder / "export_probe.parquet"), len(PAYLOADS)],
    ).fetchall()
    assert [text for text, _, _ in rows] == list(PAYLOADS)
    assert [tags for _, _, tags in rows] == [[payload] for payload in PAYLOADS]


def test_a_stored_view_cannot_read_other_files(tmp_path: Path) -> None:
    database = tmp_path / "health.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create schema exports")
        connection.execute(
            "create view exports.export_view as select * from read_text('/etc/hostname')"
        )
    result = health(
        "export", "--folder", str(tmp_path / "out"), db=database, published_dir=tmp_path
    )
    assert result.exit_code == 2
    assert "file system operations are disabled" in result.output
    assert list((tmp_path / "out").iterdir()) == []


def test_what_cannot_be_exported_says_so(tmp_path: Path, database: Path) -> None:
    missing = health("export", db=tmp_path / "none.duckdb", published_dir=tmp_path)
    assert missing.exit_code == 2 and "There is no build yet" in missing.output
    (tmp_path / "file").touch()
    folder = str(tmp_path / "file" / "folder")
    refused = health("export", "--folder", folder, db=database, published_dir=tmp_path)
    assert refused.exit_code == 2 and "cannot be made" in refused.output
    assert health("export", "--format", "exe", db=database).exit_code == 2


def test_only_the_formats_that_were_asked_for(tmp_path: Path, database: Path) -> None:
    out = str(tmp_path / "out")
    health_json("export", "--folder", out, "--format", "csv", db=database, published_dir=tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["export_probe.csv"]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
