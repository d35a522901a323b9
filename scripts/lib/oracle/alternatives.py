"""What was weighed against the formulas of the score and of value, and not taken.

`docs/decisions.md` says why. Each one is kept here as a function, so that its figures can be worked
out again whenever the decision is doubted. No model uses them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from scripts.lib.oracle.scores import Evidence

FLOOR = 1.0  # a geometric mean of anything with 0 is 0


def renormalised(evidence: Iterable[Evidence]) -> float | None:
    """The mean of what is known: what is missing gets the mean of the account's other metrics."""
    known = [
        (row.weight * row.known, row.score) for row in evidence if row.is_applicable and row.known
    ]
    weight = sum(part for part, _ in known)
    return (
        sum(part * score for part, score in known if score is not None) / weight if known else None
    )


def power_mean(scores: Sequence[float], weights: Sequence[float], power: float) -> float:
    """The weighted mean of a power: 1 lets scores make up for one another, lower ones less so."""
    total = sum(weights)
    pairs = [
        (max(score, FLOOR), weight / total) for score, weight in zip(scores, weights, strict=True)
    ]
    if power == 0:
        return math.exp(sum(weight * math.log(score) for score, weight in pairs))
    return float(sum(weight * score**power for score, weight in pairs) ** (1 / power))


def logarithmic_mean(one: float, other: float) -> float:
    """The mean by which a difference of logarithms becomes a difference of numbers."""
    return one if one == other else (one - other) / math.log(one / other)


def geometric_points(
    scores: Mapping[str, float], reference: Mapping[str, float], weights: Mapping[str, float]
) -> dict[str, float]:
    """What each dimension gives to a geometric mean against a reference; they add up exactly."""
    names = list(scores)
    shares = [weights[name] for name in names]
    scale = logarithmic_mean(
        power_mean([scores[name] for name in names], shares, 0),
        power_mean([reference[name] for name in names], shares, 0),
    )
    return {
        name: scale * weights[name] / sum(shares) * math.log(scores[name] / reference[name])
        for name in names
    }


def points_of_odds(odds: float, score: float, base_odds: float, doubling: float) -> float:
    """The scale of credit scores: a number of points for every doubling of the odds."""
    factor = doubling / math.log(2)
    return score + factor * (math.log(odds) - math.log(base_odds))


def endless_lifetime_value(margin: float, monthly_churn: float) -> float:
    """Margin over churn: no discount, no horizon, and the rate of today for ever."""
    return margin / monthly_churn


def mean_lifetime(monthly_churns: Sequence[float]) -> float:
    """The mean of the lifetimes of accounts in months; that of the mean rate is much shorter."""
    return sum(1 / churn for churn in monthly_churns) / len(monthly_churns)


def cohort_retention(year: int, alpha: float, beta: float) -> float:
    """Renewal rate of a cohort by age, when accounts differ and none of them changes."""
    return (beta + year - 1) / (alpha + beta + year - 1)
