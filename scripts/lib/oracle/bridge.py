"""The change of a score between two dates in plain Python, by cause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from scripts.lib.oracle.scores import Evidence, Model, score_dimensions, shares

CAUSES = ("metric", "baseline", "quality", "weight")


@dataclass(frozen=True)
class State:
    """One metric at one date: what it weighs in the objective, counts, scores and is typical of."""

    weight: float
    quality: float
    typical: float
    score: float | None
    is_applicable: bool = True


def states(evidence: Iterable[Evidence], model: Model) -> dict[str, State]:
    """The state of every metric of one account and date in an objective."""
    rows = list(evidence)
    dimensions = score_dimensions(rows)
    share = shares(dimensions, model)
    return {
        row.metric_id: State(
            weight=share[row.dimension_id] * row.weight / dimensions[row.dimension_id].weight
            if row.is_applicable and row.dimension_id in share
            else 0.0,
            quality=row.known,
            typical=row.typical,
            score=row.score,
            is_applicable=row.is_applicable,
        )
        for row in rows
    }


def metric_change(
    earlier: State,
    later: State,
    gain: float,
    earlier_rebased: float | None,
    later_rebased: float | None,
) -> dict[str, float]:
    """The points of each cause for one metric (method E3).

    A value and its yardstick are two players: each gets the mean of what it adds when it moves
    first and when it moves second. Quality and weight are factors, so theirs are midpoint products.
    """
    if not earlier.is_applicable:
        earlier = replace(earlier, quality=later.quality)
    if not later.is_applicable:
        later = replace(later, quality=earlier.quality)
    own_0, own_1 = earlier.score, later.score
    if own_0 is None and own_1 is None:
        return dict.fromkeys(CAUSES, 0.0)
    if own_0 is None:
        corners = (later_rebased, own_1, later_rebased, own_1)
    elif own_1 is None:
        corners = (own_0, earlier_rebased, own_0, earlier_rebased)
    else:
        corners = (own_0, earlier_rebased, later_rebased, own_1)
    # Values by yardsticks: 00, 01, 10, 11.
    s00, s01, s10, s11 = (0.0 if corner is None else corner for corner in corners)
    by_value = ((s10 - s00) + (s11 - s01)) / 2
    by_yardstick = ((s01 - s00) + (s11 - s10)) / 2 - (later.typical - earlier.typical)
    gap_0, gap_1 = s00 - earlier.typical, s11 - later.typical
    weight = (earlier.weight + later.weight) / 2
    quality = (earlier.quality + later.quality) / 2
    return {
        "metric": gain * weight * quality * by_value,
        "baseline": gain * weight * quality * by_yardstick,
        "quality": gain * weight * (later.quality - earlier.quality) * (gap_0 + gap_1) / 2,
        "weight": gain
        * (later.weight - earlier.weight)
        * (earlier.quality * gap_0 + later.quality * gap_1)
        / 2,
    }


def score_change(
    earlier: Mapping[str, State],
    later: Mapping[str, State],
    gain: float,
    rebased: Callable[[str], tuple[float | None, float | None]],
) -> dict[str, dict[str, float]]:
    """The points of each cause by metric; `rebased` gives both values on the other yardstick."""
    return {
        metric: metric_change(earlier[metric], later[metric], gain, *rebased(metric))
        for metric in earlier
    }
