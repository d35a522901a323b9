"""Candidates: found by name, whole by what they inherit, refused with file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.lib.console import EXIT_CONFIGURATION, HealthError
from scripts.lib.simulation.candidate import Difference
from scripts.lib.simulation.rebuild import rebuilt

from .conftest import Reading, header, rows_as, state

POWER = "v1,power,Power,base,energy,*,*,*,2000-01-01,,The industry under another name"


def only(differences: tuple[Difference, ...]) -> Difference:
    assert len(differences) == 1, [found.part for found in differences]
    return differences[0]


def refusal(reading: Reading, name: str, stated: dict[str, list[str]] | None = None) -> str:
    """What a person reads; it never ends in a traceback."""
    with pytest.raises(HealthError) as caught:
        reading(name, stated)
    assert caught.value.exit_code == EXIT_CONFIGURATION
    assert caught.value.advice
    return caught.value.message + "\n" + caught.value.advice


def test_a_candidate_states_only_what_differs(reading: Reading) -> None:
    rows = rows_as("metric_weights", "v2", ("U01,0.16", "U01,0.21"), ("U09,0.15", "U09,0.10"))
    candidate = reading("v2", {"metric_weights": rows})
    assert (candidate.kind, candidate.published) == ("version", "v1")
    found = only(candidate.differences)
    assert [change.key for change in found.changes] == [
        "usage U01 2000-01-01", "usage U09 2000-01-01",
    ]  # fmt: skip
    assert (found.changes[0].before, found.changes[0].after) == (
        {"weight": "0.16"}, {"weight": "0.21"},
    )  # fmt: skip
    assert found.conditions == (("score_version", "v1"),)
    assert rebuilt(candidate) == ["metric_weights+,+fct_account_health_scores"]


def test_a_draft_that_stands_in_the_seeds_needs_no_files(reading: Reading, project: Path) -> None:
    path = project / "seeds/scoring_model/bands.csv"
    rows = rows_as("bands", "v2", (",70,5,2,", ",75,5,2,"))
    path.write_text(path.read_text() + "\n".join(rows) + "\n")
    found = only(reading("v2").differences)
    assert found.part == "scoring_model/bands"
    assert found.changes[0].after == {"lower_score": "75"}


def test_the_published_version_under_its_own_name_differs_in_nothing(reading: Reading) -> None:
    assert reading("v1").differences == ()


def test_how_a_number_is_written_is_no_difference(reading: Reading) -> None:
    rows = rows_as("metric_weights", "v2", ("U01,0.16", "U01,0.160"))
    assert reading("v2", {"metric_weights": rows}).differences == ()


def test_a_card_is_stated_alone(reading: Reading) -> None:
    rows = ["v1,healthcare,dimension,*,sentiment,multiplier,2,,What staff say decides"]
    candidate = reading("healthcare", {"card_weights": rows})
    found = only(candidate.differences)
    assert (candidate.kind, found.part) == ("card", "scorecards/card_weights")
    assert found.conditions == (("score_version", "v1"), ("card_id", "healthcare"))
    assert {row["card_id"] for row in found.rows} == {"healthcare"}


def test_a_metric_takes_its_new_knots_in_all_versions(reading: Reading) -> None:
    rows = ["U05,1,0,0", "U05,2,0.5,80", "U05,3,1,100"]
    found = only(reading("v1", {"metric_knots": rows}).differences)
    assert found.conditions == ()
    assert {"U01", "U05"} <= {row["metric_id"] for row in found.rows}
    assert all(change.key.startswith("U05 ") for change in found.changes)


def test_a_baseline_comes_with_the_version_of_its_name(reading: Reading) -> None:
    rows = rows_as("metric_priors", "v2", ("U01,71.87", "U01,60"))
    found = only(reading("v2", {"metric_priors": rows}).differences)
    assert found.conditions == (("baseline_version", "v1"),)
    assert found.changes[0].after == {"typical_score": "60"}


def test_an_unknown_name(reading: Reading) -> None:
    message = refusal(reading, "nothing")
    assert "There is no version and no card nothing." in message
    assert "Versions: v1." in message and "healthcare" in message


def test_weights_that_sum_to_more_than_one(reading: Reading, tmp_path: Path) -> None:
    rows = rows_as("metric_weights", "v2", ("U02,0.11", "U02,0.12"))
    message = refusal(reading, "v2", {"metric_weights": rows})
    assert f"{tmp_path}/candidate/metric_weights.csv:2: the metric weights of usage" in message
    assert "sum to 1.01 and not to 1. Change the weights of rows 2 to 10" in message


def test_a_card_of_equal_rank_names_both_rows(reading: Reading, tmp_path: Path) -> None:
    message = refusal(reading, "power", {"cards": [POWER]})
    assert (
        f"{tmp_path}/candidate/cards.csv:2: card power has the rank of card energy"
        " (row 8 of seeds/scorecards/cards.csv)" in message
    )


def test_cards_of_a_version_of_equal_rank(reading: Reading, tmp_path: Path) -> None:
    base = "v2,base,Every account,,*,*,*,*,2000-01-01,,All"
    twins = [f"v2,{name},Name,base,energy,*,*,*,2000-01-01,,Reason" for name in "ab"]
    message = refusal(reading, "v2", {"cards": [base, *twins]})
    assert "1 error." in message
    assert f"{tmp_path}/candidate/cards.csv:4: card b has the rank of card a (row 3)" in message


def test_rows_of_another_card(reading: Reading, tmp_path: Path) -> None:
    rows = ["v1,energy,dimension,*,usage,multiplier,2,,Reason"]
    message = refusal(reading, "healthcare", {"card_weights": rows})
    assert f"{tmp_path}/candidate/card_weights.csv:2: the row is of the card energy" in message


def test_rows_of_a_version_do_not_belong_to_a_card(reading: Reading) -> None:
    message = refusal(reading, "healthcare", {"bands": rows_as("bands", "v1")})
    assert "belongs to a version and not to the card healthcare" in message


def test_an_objective_that_a_version_forgets(reading: Reading, tmp_path: Path) -> None:
    rows = [row for row in rows_as("objective_weights", "v2") if ",growth," not in row]
    message = refusal(reading, "v2", {"objective_weights": rows})
    assert f"{tmp_path}/candidate/objective_weights.csv: v2 states no objective growth" in message


def test_a_dimension_that_a_version_forgets(reading: Reading) -> None:
    rows = [row for row in rows_as("metric_weights", "v2") if ",market," not in row]
    assert "v2 states no dimension market" in refusal(reading, "v2", {"metric_weights": rows})


def test_files_that_are_not_there_or_no_seeds(reading: Reading, tmp_path: Path) -> None:
    (tmp_path / "candidate").mkdir()
    (tmp_path / "candidate" / "weights.csv").write_text("a\n1\n")
    message = refusal(reading, "v2", {"bands": rows_as("bands", "v2")})
    assert "candidate/weights.csv is no seed of a version" in message
    assert "metric_weights" in message


@pytest.mark.parametrize(
    ("path", "text"), [("none", "there is no"), ("empty", "holds no CSV file")]
)
def test_a_folder_that_is_missing_or_empty(tmp_path: Path, path: str, text: str) -> None:
    from scripts.lib.simulation.seeds import stated_files

    (tmp_path / "empty").mkdir()
    with pytest.raises(HealthError, match=text):
        stated_files([tmp_path / path])


def test_the_same_seed_twice(tmp_path: Path) -> None:
    from scripts.lib.simulation.seeds import stated_files

    for name in "ab":
        state(tmp_path / name, {"bands": rows_as("bands", "v2")})
    with pytest.raises(HealthError, match="stands already as"):
        stated_files([tmp_path / "a", tmp_path / "b"])


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        (header("bands").replace(",up_offset", ""), "the column up_offset is missing"),
        (header("bands") + ",colour", "the column colour is unknown"),
    ],
)
def test_other_columns(reading: Reading, tmp_path: Path, columns: str, text: str) -> None:
    (tmp_path / "candidate").mkdir()
    (tmp_path / "candidate" / "bands.csv").write_text(f"{columns}\n")
    with pytest.raises(HealthError, match=text):
        reading("v2", {"gates": rows_as("gates", "v2")})
