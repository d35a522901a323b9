"""`health portfolio` on a hand-made build: the numbers, the text, the errors."""

import shutil
from pathlib import Path

import duckdb
import pytest
from support.running import MAX_WIDTH, health, health_json, widest


def test_bands_count_accounts_and_money(tiny_warehouse: Path) -> None:
    document = health_json("portfolio", db=tiny_warehouse)
    bands = {row["band"]: row for row in document["bands"]}
    assert document["account_count"] == 5
    assert document["eligible_count"] == 4
    assert document["scored_count"] == 3, "an account of which too little is known has no score"
    assert {name: row["accounts"] for name, row in bands.items()} == {
        "healthy": 1, "watch": 0, "at_risk": 0, "critical": 2, "insufficient_data": 1,
    }  # fmt: skip
    assert bands["critical"]["arr"] == 390_000
    assert sum(row["arr"] for row in bands.values()) == document["arr"] == 570_000
    assert sum(row["share"] for row in bands.values()) == pytest.approx(1)


def test_movers_compare_with_four_weeks_ago_and_name_the_reason(tiny_warehouse: Path) -> None:
    document = health_json("portfolio", db=tiny_warehouse)
    assert document["compared_with"] == "2025-12-03"
    assert [row["account_id"] for row in document["declined"]] == ["A3", "A2"]
    assert [row["account_id"] for row in document["improved"]] == ["A1"]
    worst = document["declined"][0]
    assert worst["change"] == pytest.approx(worst["score_now"] - worst["score_before"])
    assert worst["main_reason"]["dimension_id"] == "usage"
    assert worst["main_reason"]["points"] < 0


def test_attention_begins_with_the_worst_band_and_the_largest_revenue(tiny_warehouse: Path) -> None:
    document = health_json("portfolio", db=tiny_warehouse)
    assert [row["account_id"] for row in document["attention"]] == ["A3", "A2"]
    assert document["attention"][0]["main_driver"] == "Days since human activity"
    assert document["not_scored"][0]["ineligible_reason"] == "too_new"


def test_text_fits_the_width_and_shows_every_part(tiny_warehouse: Path) -> None:
    result = health("portfolio", db=tiny_warehouse)
    assert result.exit_code == 0
    assert widest(result.stdout) <= MAX_WIDTH
    for part in ("Bands", "Confidence", "Dimensions", "Needs attention", "Movers", "Not scored"):
        assert part in result.stdout


def test_the_headline_tells_eligible_from_scored(tiny_warehouse: Path) -> None:
    result = health("portfolio", db=tiny_warehouse)
    assert "4 of 5 accounts eligible, 3 of them scored; ARR 570.0k, mean score" in result.stdout


def test_what_nobody_knows_is_not_shown_as_nothing(tiny_warehouse: Path, tmp_path: Path) -> None:
    """A company without billing and with thin data: no ARR, no score, and nobody is fine."""
    database = tmp_path / tiny_warehouse.name
    shutil.copy(tiny_warehouse, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute("update core.fct_account_spine set arr = null")
        connection.execute(
            "update scoring.fct_account_health_scores"
            " set health_score = null, band = 'insufficient_data', band_rank = null"
        )
    document = health_json("portfolio", db=database)
    assert (document["scored_count"], document["arr"], document["mean_score"]) == (0, None, None)
    assert {row["arr"] for row in document["bands"]} == {None}
    text = health("portfolio", db=database).stdout
    for part in (
        "4 of 5 accounts eligible, 0 of them scored; ARR unknown, mean score - (- by ARR)",
        "No account's ARR is known, so no loss is estimated.",
        "No account has a score, so none is critical or at risk.",
        "No score has changed.",
    ):
        assert part in text
    assert "ARR at risk" not in text


def test_an_unknown_objective_names_the_known_ones(tiny_warehouse: Path) -> None:
    result = health("portfolio", "--objective", "profit", db=tiny_warehouse)
    assert result.exit_code == 2
    assert "overall, retention" in result.stderr


def test_without_a_build_it_says_what_to_do(tmp_path: Path) -> None:
    result = health("portfolio", db=tmp_path / "health.duckdb")
    assert result.exit_code == 2
    assert "There is no build yet" in result.stderr
    assert "health build" in result.stderr


def test_a_damaged_database_is_no_traceback(tmp_path: Path) -> None:
    database = tmp_path / "health.duckdb"
    database.write_bytes(b"not a database")
    result = health("portfolio", db=database)
    assert result.exit_code == 2
    assert "cannot be opened" in result.stderr
