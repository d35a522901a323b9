"""The project's own generic tests find what they are for."""

from __future__ import annotations

import duckdb
import jinja2
import pytest
from support.project_files import ROOT

ROWS = "(values (1, 'a', 2.5), (2, null, 2.5), (3, null, null)) as rows (id, name, amount)"


def failures(name: str, **arguments: object) -> list[tuple[object, ...]]:
    """The rows that a generic test finds."""
    text = (ROOT / "tests" / "generic" / f"{name}.sql").read_text(encoding="utf-8")
    body = text.split("%}", 1)[1].rsplit("{%", 1)[0]
    sql = jinja2.Template(body).render(model=ROWS, **arguments)
    with duckdb.connect() as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["id"], []),
        (["id", "amount"], ["amount has no value in this many rows: 1"]),
        (
            ["name", "id", "amount"],
            ["amount has no value in this many rows: 1", "name has no value in this many rows: 2"],
        ),
    ],
)
def test_no_nulls_tells_column_and_rows(columns: list[str], expected: list[str]) -> None:
    assert sorted(str(row[0]) for row in failures("no_nulls", columns=columns)) == expected


def test_a_combination_that_comes_twice() -> None:
    assert failures("unique_combination", columns=["id", "amount"]) == []
    assert failures("unique_combination", columns=["amount", "amount > 2"]) == [(2.5, True)]
