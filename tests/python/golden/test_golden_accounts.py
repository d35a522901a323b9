"""Five accounts worked by hand from their raw rows to their scores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from support.golden_by_hand import (
    NOT_APPLICABLE,
    Account,
    golden_accounts,
    page_lines,
    table_of_page,
)
from support.golden_company import ACCOUNTS, AS_OF

pytestmark = pytest.mark.build

TOLERANCE = 1e-6
# What stands at the gate, and how low it holds the score.
GATES = {
    "aurora": set(),
    "birch": {("G3", 127.0, 40.0)},
    "cedar": {("G2a", 97.0, 45.0), ("G2b", 97.0, 35.0)},
    "dune": {("G7", 36.0, 69.99)},
    "elm": {("G1", 103.0, 50.0)},
}


@pytest.fixture(scope="module")
def company(golden_warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build of the five accounts."""
    with duckdb.connect(str(golden_warehouse), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def by_hand() -> dict[str, Account]:
    return golden_accounts()


def close(first: float | None, second: float | None) -> bool:
    if first is None or second is None:
        return first is second
    return first == pytest.approx(second, abs=TOLERANCE)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_metrics(
    company: duckdb.DuckDBPyConnection, by_hand: dict[str, Account], name: str
) -> None:
    rows = company.execute(
        "select metric_id, metric_value, quality, metric_score, is_applicable"
        " from metrics.fct_account_metric_scores where account_id = ? and as_of_date = ?",
        [name, AS_OF],
    ).fetchall()
    built = {str(row[0]): row[1:] for row in rows}
    faults = []
    for metric in by_hand[name].metrics:
        value, quality, score, is_applicable = built[metric.metric_id]
        same = (
            is_applicable == (metric.workings[0] != NOT_APPLICABLE)
            and close(value, metric.value)
            and close(quality, metric.quality)
            and close(score, metric.score)
        )
        if not same:
            faults.append(f"{metric.metric_id}: by hand {metric}, built {built[metric.metric_id]}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_scores(company: duckdb.DuckDBPyConnection, by_hand: dict[str, Account], name: str) -> None:
    """The scores are added up from the metrics of the page, not from those of the build."""
    dimensions = company.execute(
        "select dimension_id, dimension_score, typical_score from"
        " scoring.fct_account_dimension_scores where account_id = ? and as_of_date = ?",
        [name, AS_OF],
    ).fetchall()
    expected = by_hand[name].dimensions()
    assert {row[0] for row in dimensions} == set(expected)
    for dimension, score, typical in dimensions:
        assert (score, typical) == pytest.approx(expected[dimension], abs=TOLERANCE), dimension
    scores = company.execute(
        "select objective_id, model_score, model_score + clamp_points + gate_points, health_score"
        " from scoring.fct_account_health_scores where account_id = ? and as_of_date = ?",
        [name, AS_OF],
    ).fetchall()
    cap = min((gate[2] for gate in GATES[name]), default=100.0)
    for objective, model_score, final_score, published in scores:
        model_by_hand = by_hand[name].model_score(objective)
        held = cap if objective in {"retention", "overall"} else 100.0
        final_by_hand = min(max(model_by_hand, 0.0), held)
        assert model_score == pytest.approx(model_by_hand, abs=TOLERANCE), objective
        assert final_score == pytest.approx(final_by_hand, abs=TOLERANCE), objective
        assert published is None or published == pytest.approx(final_by_hand, abs=TOLERANCE)


@pytest.mark.parametrize("name", ACCOUNTS)
def test_gates(company: duckdb.DuckDBPyConnection, name: str) -> None:
    gates = company.execute(
        "select gate_id, signal_value, gate_cap from scoring.fct_account_gates"
        " where account_id = ? and as_of_date = ? and objective_id = 'overall'",
        [name, AS_OF],
    ).fetchall()
    assert set(gates) == GATES[name]


def test_a_dead_account_is_not_lifted_by_what_does_not_apply(
    company: duckdb.DuckDBPyConnection,
) -> None:
    """Telemetry lives and nobody works: the usage score is 0, not that of a typical account."""
    usage = "select dimension_score from scoring.fct_account_dimension_scores"
    usage += " where account_id = 'birch' and dimension_id = 'usage' and as_of_date = ?"
    assert company.execute(usage, [AS_OF]).fetchone() == (0.0,)


def test_a_broken_feed_is_unknown_and_never_healthy(company: duckdb.DuckDBPyConnection) -> None:
    metrics = company.execute(
        "select metric_value, quality, input_status from metrics.fct_account_metric_scores"
        " where account_id = 'dune' and dimension_id = 'usage' and as_of_date = ?"
        " and is_applicable",
        [AS_OF],
    ).fetchall()
    assert set(metrics) == {(None, 0.0, "stale")}
    scores = company.execute(
        "select band, confidence, high_score from scoring.fct_account_health_scores"
        " where account_id = 'dune' and as_of_date = ?"
        " and objective_id in ('retention', 'overall')",
        [AS_OF],
    ).fetchall()
    assert len(scores) == 2
    for band, confidence, high_score in scores:
        assert band != "healthy"
        assert confidence in {"low", "insufficient"}
        assert high_score <= 69.99


@pytest.mark.parametrize("name", ACCOUNTS)
def test_the_page_shows_these_numbers(by_hand: dict[str, Account], name: str) -> None:
    """After a changed weight or baseline, `python -m support.golden_by_hand` renews it."""
    assert table_of_page(name) == list(page_lines(by_hand[name]))
