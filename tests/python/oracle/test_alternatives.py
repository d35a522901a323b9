"""Worked vectors of the formulas that were weighed and not taken."""

from __future__ import annotations

import pytest

from scripts.lib.oracle import alternatives
from scripts.lib.oracle.scores import Evidence, score_dimension

DIMENSIONS = ("usage", "support", "billing", "commercial", "expansion", "sentiment",
              "relationship", "marketing", "market")  # fmt: skip
SCORES = (42, 71.65, 88, 70, 55, 61, 35, 50, 64)
RETENTION = (0.30, 0.15, 0.12, 0.08, 0, 0.12, 0.16, 0.03, 0.04)
REFERENCE = (60, 70, 80, 70, 50, 60, 60, 50, 60)


def close(value: float, within: float = 1e-6) -> object:
    return pytest.approx(value, abs=within)


def test_renormalising_imputes_the_mean_of_the_rest() -> None:
    rows = [
        Evidence(f"m{number}", "support", weight, typical, score, quality)
        for number, (weight, score, quality, typical) in enumerate(
            zip((0.25, 0.20, 0.20, 0.15, 0.10, 0.10), (62, 80, None, 45, 90, 70),
                (1, 1, 0, 0.5, 1, 0.8), (75, 70, 78, 65, 80, 85), strict=True)
        )
    ]  # fmt: skip
    anchored = score_dimension(rows)
    assert anchored is not None and anchored.score == close(71.65)
    assert alternatives.renormalised(rows) == close(70.177305)
    assert alternatives.renormalised([]) is None


@pytest.mark.parametrize(
    ("power", "mean", "without_usage"),
    [(1, 56.4875, 44.1875), (0, 53.791016, 17.528105), (-1, 51.264957, None)],
)
def test_a_lower_power_lets_less_be_made_up_for(
    power: float, mean: float, without_usage: float | None
) -> None:
    assert alternatives.power_mean(SCORES, RETENTION, power) == close(mean)
    if without_usage is not None:
        broken = (0, *SCORES[1:])
        found = alternatives.power_mean(broken, RETENTION, power)
        assert found == close(without_usage), "what is 0 counts as 1"


@pytest.mark.parametrize(("power", "mean"), [(1, 4), (0, 3.205381), (-1, 2.475398)])
def test_the_published_example_of_a_toolkit(power: float, mean: float) -> None:
    assert alternatives.power_mean(range(1, 11), range(10, 0, -1), power) == close(mean)


def test_a_geometric_mean_can_be_explained_exactly_too() -> None:
    score, reference, weight = (
        dict(zip(DIMENSIONS, row, strict=True)) for row in (SCORES, REFERENCE, RETENTION)
    )
    found = alternatives.geometric_points(score, reference, weight)
    assert list(found.values()) == [
        close(points)
        for points in (-6.286052, 0.205302, 0.671900, 0, 0, 0.116525, -5.066290, 0, 0.151657)
    ]
    whole = alternatives.power_mean(SCORES, RETENTION, 0)
    typical = alternatives.power_mean(REFERENCE, RETENTION, 0)
    assert (whole, typical) == (close(53.791016), close(63.997974))
    assert sum(found.values()) == close(whole - typical, 1e-9) == close(-10.206958)
    assert alternatives.logarithmic_mean(7, 7) == 7


def test_points_for_every_doubling_of_the_odds() -> None:
    scale = {"score": 600, "base_odds": 50, "doubling": 20}
    assert alternatives.points_of_odds(19, **scale) == close(572.081426)
    assert alternatives.points_of_odds(100, **scale) == close(620)
    assert alternatives.points_of_odds(1, **scale) == close(487.122876)


def test_a_rate_of_today_for_ever_is_worth_two_thirds_more() -> None:
    monthly_churn = 1 - (1 - 0.18) ** (30.4375 / 180)
    endless = alternatives.endless_lifetime_value(750, monthly_churn)
    assert endless == close(22726.793928)
    assert endless / 13726.734244 == close(1.66, 0.005)


def test_a_mean_of_lifetimes_is_not_the_lifetime_of_the_mean() -> None:
    rates = (0.01, 0.05)
    assert alternatives.mean_lifetime(rates) == close(60)
    assert alternatives.mean_lifetime([sum(rates) / 2]) == close(33.333333)


def test_a_cohort_is_kept_better_the_older_it_is() -> None:
    found = [alternatives.cohort_retention(year, 0.7, 1.8) for year in (1, 2, 3)]
    assert found == [close(0.72), close(0.80), close(0.844444)]
