"""The comparison of two builds: what it calls equal, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from support.equality import Difference, differences, keys

Build = Callable[[str, str], Path]
ROWS = """
create schema scoring;
create table scoring.fct_account_dimension_scores (
    account_id varchar, as_of_date date, dimension_id varchar, dimension_score double,
    metric_count integer
);
insert into scoring.fct_account_dimension_scores values
    ('a', date '2025-01-05', 'usage', 50.0, 3), ('a', date '2025-01-05', 'support', 0.1, 2),
    ('b', date '2025-01-05', 'usage', null, 0), ('b', date '2025-01-12', 'usage', 'nan', 1);
create table scoring.rpt_without_key (account_id varchar, amount double);
insert into scoring.rpt_without_key values ('a', 1.0), ('a', 1.0), ('a', 2.0), (null, 3.0);
create table scoring.int_scoring__step (account_id varchar);
create view scoring.rpt_view as
    select account_id, amount + 1 as amount from scoring.rpt_without_key;
"""


@pytest.fixture
def build(tmp_path: Path) -> Build:
    def made(side: str, change: str) -> Path:
        database = tmp_path / side / "health.duckdb"
        database.parent.mkdir()
        with duckdb.connect(str(database)) as connection:
            connection.execute(ROWS)
            connection.execute(change)
        return database

    return made


def found(build: Build, change: str) -> dict[str, Difference]:
    first, second = build("first", "select 1"), build("second", change)
    return {one.relation: one for one in differences(first, second, ("scoring",))}


SCORES = "scoring.fct_account_dimension_scores"
NO_KEY = "scoring.rpt_without_key"


@pytest.mark.parametrize(
    "change",
    [
        "select 1",
        f"update {SCORES} set dimension_score = dimension_score + 1e-10",
        f"update {SCORES} set dimension_score = dimension_score * (1 + 5e-10)",
        f"update {NO_KEY} set amount = amount + 1e-10",
        "insert into scoring.int_scoring__step values ('a')",
    ],
)
def test_equal_builds(build: Build, change: str) -> None:
    """To 1e-9, and without the steps that a build may keep in part."""
    assert not found(build, change)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ("dimension_score = 50.0000001 where dimension_score = 50", "dimension_score"),
        ("dimension_score = null where dimension_id = 'support'", "dimension_score"),
        ("dimension_score = 'nan' where dimension_id = 'support'", "dimension_score"),
        ("dimension_score = 'inf' where dimension_id = 'support'", "dimension_score"),
        ("dimension_score = 'inf' where as_of_date = '2025-01-12'", "dimension_score"),
        ("metric_count = 4 where metric_count = 3", "metric_count"),
    ],
)
def test_a_changed_value(build: Build, change: str, column: str) -> None:
    one = found(build, f"update {SCORES} set {change}")[SCORES]
    assert one.columns == {column: 1} and not one.only_first and not one.only_second
    assert f"{column} of " in str(one) and "1 rows differ" in str(one)


def test_rows_on_one_side_alone(build: Build) -> None:
    change = (
        f"delete from {SCORES} where account_id = 'b' and as_of_date = '2025-01-05';"
        f" insert into {SCORES} values ('c', date '2025-01-05', 'usage', 1, 1)"
    )
    one = found(build, change)[SCORES]
    assert (one.only_first, one.only_second) == (1, 1)
    assert any("only in the second: c 2025-01-05 usage" in line for line in one.examples)


@pytest.mark.parametrize(
    "change",
    [
        f"delete from {NO_KEY} where amount = 2",
        f"insert into {NO_KEY} values ('a', 1.0)",
        f"insert into {NO_KEY} values (null, 3.0)",
        f"update {NO_KEY} set amount = 2.5 where amount = 2",
    ],
)
def test_relations_without_a_key(build: Build, change: str) -> None:
    """A row more of equal ones counts; the view shows what its table does."""
    assert found(build, change).keys() == {NO_KEY, "scoring.rpt_view"}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("drop table scoring.fct_account_dimension_scores", "only in the first"),
        ("create table scoring.rpt_new as select 1 as a", "only in the second"),
        (f"alter table {SCORES} add column more integer", "columns differ: more INTEGER"),
        (f"alter table {SCORES} alter metric_count type bigint", "metric_count BIGINT"),
    ],
)
def test_relations_and_columns(build: Build, change: str, words: str) -> None:
    (one,) = found(build, change).values()
    assert words in str(one)


def test_the_keys_are_those_that_the_project_declares() -> None:
    declared = keys()
    assert declared["dim_products"] == ["product_id"]
    assert set(declared["fct_account_health_scores"]) == {
        "account_id",
        "as_of_date",
        "objective_id",
    }
