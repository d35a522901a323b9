"""`health explain` on a hand-made build: it adds up, finds accounts, and is honest."""

import shutil
from pathlib import Path

import duckdb
import pytest
from support.running import MAX_WIDTH, health, health_json, widest


@pytest.mark.parametrize("account", ["A1", "A2", "A3", "A5"])
@pytest.mark.parametrize("objective", ["overall", "retention"])
def test_every_point_has_a_name(tiny_warehouse: Path, account: str, objective: str) -> None:
    document = health_json("explain", account, "--objective", objective, db=tiny_warehouse)
    total = document["sum"]
    parts = sum(total[name] for name in ("base", "contributions", "clamp", "gate", "override"))
    assert parts == pytest.approx(document["score"]["health_score"], abs=1e-6)
    assert total["adds_up"]
    points = sum(row["points"] for row in document["dimensions"])
    assert points == pytest.approx(total["contributions"], abs=1e-9)
    lost = document["lost"]
    by_metric = sum(row["lost_points"] for row in document["contributions"])
    missing = 100 - document["score"]["health_score"]
    assert by_metric + lost["gate"] + lost["override"] == pytest.approx(missing, abs=1e-6)
    assert lost["adds_up"]


def test_unknown_weight_and_coverage_are_the_whole(tiny_warehouse: Path) -> None:
    document = health_json("explain", "A3", db=tiny_warehouse)
    assert document["unknown_weight"] + document["score"]["coverage"] == pytest.approx(1)
    assert document["unknown"][0]["metric_name"] == "Open backlog"
    assert document["unknown"][0]["input_status"] == "never_observed"


def test_an_account_is_found_by_id_name_and_part_of_its_name(tiny_warehouse: Path) -> None:
    for text in ("A2", "a2", "Birch Foods", "birch"):
        document = health_json("explain", text, db=tiny_warehouse)
        assert document["account"]["account_id"] == "A2"


def test_an_ambiguous_name_lists_the_accounts(tiny_warehouse: Path) -> None:
    result = health("explain", "cedar", db=tiny_warehouse)
    assert result.exit_code == 2
    assert "2 accounts" in result.stderr
    assert "Cedar Labs (A3); Cedar Systems (A4)" in result.stderr


def test_an_unknown_name_suggests_similar_ones(tiny_warehouse: Path) -> None:
    result = health("explain", "Amber Wrks", db=tiny_warehouse)
    assert result.exit_code == 2
    assert "Did you mean: Amber Works (A1)" in result.stderr


def test_too_little_data_shows_no_score(tiny_warehouse: Path) -> None:
    result = health("explain", "A4", db=tiny_warehouse)
    assert result.exit_code == 0
    assert "No score" in result.stdout
    assert "Too little is known" in result.stdout


def test_a_name_with_brackets_is_text(tiny_warehouse: Path) -> None:
    result = health("explain", "A5", db=tiny_warehouse)
    assert "Dune [Health]" in result.stdout
    assert "too new" in result.stdout


def test_an_earlier_date_is_the_last_one_before_it(tiny_warehouse: Path) -> None:
    document = health_json("explain", "A1", "--as-of", "2025-11-10", db=tiny_warehouse)
    assert document["as_of_date"] == "2025-11-05"


@pytest.mark.parametrize(
    ("date", "message"), [("2020-01-01", "first scored date"), ("soon", "must be a date")]
)
def test_impossible_dates(tiny_warehouse: Path, date: str, message: str) -> None:
    result = health("explain", "A1", "--as-of", date, db=tiny_warehouse)
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_card_says_why_it_is_this_one(tiny_warehouse: Path) -> None:
    card = health_json("explain", "A1", db=tiny_warehouse)["card"]
    assert (card["card_id"], card["card_name"]) == ("retail", "Retail")
    shown = health("explain", "A1", db=tiny_warehouse).stdout
    assert "Card Retail: industry retail: the narrowest of 2 cards that fit" in shown


def test_an_overdue_review_of_the_model_is_shown(tiny_warehouse: Path) -> None:
    shown = " ".join(health("explain", "A1", db=tiny_warehouse).stdout.split())
    assert "The review of the scoring model was due on 2025-12-31: ask the Head of" in shown
    before = health("explain", "A1", "--as-of", "2025-12-20", db=tiny_warehouse).stdout
    assert "scoring model was due" not in before


def test_text_fits_the_width_and_shows_every_part(tiny_warehouse: Path) -> None:
    result = health("explain", "A3", db=tiny_warehouse)
    assert widest(result.stdout) <= MAX_WIDTH
    for part in (
        "How it adds up",
        "Points lost",
        "Dimensions",
        "Contributions",
        "Gates",
        "What is not known",
    ):
        assert part in result.stdout
    assert "71 days past due" in result.stdout


@pytest.mark.parametrize("account", ["A1", "A2", "A3", "A4"])
@pytest.mark.parametrize("since", ["2025-10-08", "2025-12-03"])
def test_every_point_of_a_change_has_a_cause(
    tiny_warehouse: Path, account: str, since: str
) -> None:
    document = health_json("explain", account, "--since", since, db=tiny_warehouse)
    assert document["since_date"] == since
    assert document["adds_up"]
    change = document["score"] - document["since_score"]
    assert sum(document["terms"].values()) == pytest.approx(change, abs=1e-6)
    assert document["change_points"] == pytest.approx(change, abs=1e-6)
    by_metric = sum(row["change_points"] for row in document["metrics"])
    others = sum(document["terms"][term] for term in ("scaling", "clamp", "gate", "override"))
    assert by_metric + others == pytest.approx(change, abs=1e-6)


def test_a_date_beside_the_grid_is_the_one_before_it(tiny_warehouse: Path) -> None:
    result = health("explain", "A2", "--since", "2025-11-10", db=tiny_warehouse)
    assert result.exit_code == 0
    assert "2025-11-10 is no date of the grid" in result.stdout
    document = health_json("explain", "A2", "--since", "2025-11-10", db=tiny_warehouse)
    assert document["since_date"] == "2025-11-05"
    assert document["asked_since"] == "2025-11-10"


def test_a_change_up_to_an_earlier_date(tiny_warehouse: Path) -> None:
    document = health_json(
        "explain", "A1", "--since", "2025-10-08", "--as-of", "2025-12-10", db=tiny_warehouse
    )
    assert (document["since_date"], document["as_of_date"]) == ("2025-10-08", "2025-12-03")


def test_a_change_reads_as_a_sentence_and_a_table(tiny_warehouse: Path) -> None:
    result = health("explain", "A3", "--since", "2025-10-08", db=tiny_warehouse)
    assert widest(result.stdout) <= MAX_WIDTH
    for part in ("because things changed.", "By metric", "Licence utilisation", "Payment late"):
        assert part in result.stdout


def test_a_change_of_a_hidden_score_says_so(tiny_warehouse: Path) -> None:
    result = health("explain", "A4", "--since", "2025-10-08", db=tiny_warehouse)
    assert "Too little was known" in result.stdout


@pytest.mark.parametrize(
    ("since", "message"),
    [("2020-01-01", "first scored date is 2025-10-08"), ("2025-12-31", "is not before 2025-12-31"),
     ("soon", "must be a date")],
)  # fmt: skip
def test_impossible_earlier_dates(tiny_warehouse: Path, since: str, message: str) -> None:
    result = health("explain", "A1", "--since", since, db=tiny_warehouse)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_build_of_another_version_is_a_message(tiny_warehouse: Path, tmp_path: Path) -> None:
    older = tmp_path / tiny_warehouse.name
    shutil.copy(tiny_warehouse, older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("alter table scoring.rpt_account_actions drop column is_overdue")
    result = health("explain", "A2", db=older)
    assert result.exit_code == 2
    said = result.stderr.replace("\n", " ")
    assert "does not fit this version of the project" in said and "health build" in said
    assert "Traceback" not in said


def test_judgements_about_the_industry_are_told_and_what_ran_out(tiny_warehouse: Path) -> None:
    found = health_json("explain", "A2", db=tiny_warehouse)["judgements"]
    assert [(row["factor_type"], row["is_acting"]) for row in found] == [
        ("competition", True), ("market_trend", False),
    ], "neither what ended, nor what is not known yet, nor another industry"  # fmt: skip
    text = health("explain", "A2", db=tiny_warehouse).stdout.replace("\n", " ")
    assert "Industry  retail" in text
    assert "competition -4 by Analyst since 2025-01-01 (Interviews), to be reviewed by" in text
    assert "market trend +2 by Analyst since 2025-01-01 (Statistics): acts no more" in text
    earlier = health_json("explain", "A2", "--as-of", "2025-12-20", db=tiny_warehouse)["judgements"]
    assert [row["is_acting"] for row in earlier] == [True, True, True]
