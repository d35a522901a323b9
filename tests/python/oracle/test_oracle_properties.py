"""What must hold for any metric values, found out by Hypothesis."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.lib.oracle import scores as oracle
from scripts.lib.oracle.compare import Seeds
from scripts.lib.oracle.scores import Evidence, Gate, Model

SEEDS = Seeds()
ANY_FLOAT = st.floats(allow_nan=True, allow_infinity=True) | st.sampled_from([1e308, -1e308])
PIECEWISE = sorted(SEEDS.knots)
MONOTONE = [m for m in PIECEWISE if SEEDS.metrics[m]["direction"] != "target"]


def is_score(value: float | None) -> bool:
    return value is None or (math.isfinite(value) and 0 <= value <= 100)


@st.composite
def accounts(draw: st.DrawFn) -> list[Evidence]:
    """An account with every metric of the catalogue, any of which may be missing or not apply."""
    rows = []
    for metric_id, metric in SEEDS.metrics.items():
        known = draw(st.booleans())
        rows.append(
            Evidence(
                metric_id,
                metric["dimension_id"],
                next(
                    float(w["weight"]) for w in SEEDS.metric_weights if w["metric_id"] == metric_id
                ),
                float(SEEDS.priors[metric_id]["typical_score"]),
                draw(st.floats(0, 100)) if known else None,
                draw(st.floats(0, 1)) if known else 0.0,
                draw(st.booleans()) or known,
                float(SEEDS.priors[metric_id]["score_sd"]),
            )
        )
    return rows


OBJECTIVES = st.sampled_from(sorted(SEEDS.models))
GATES = st.lists(
    st.builds(Gate, st.sampled_from(["G1", "G2", "G7"]), st.floats(0, 100)), max_size=3
)


def score(rows: list[Evidence], model: Model, gates: list[Gate]) -> oracle.Result | None:
    return oracle.score_objective(oracle.score_dimensions(rows), model, gates)


@given(ANY_FLOAT, st.sampled_from(PIECEWISE))
def test_no_value_escapes_a_piecewise_map(value: float, metric_id: str) -> None:
    assert is_score(oracle.piecewise_linear(value, SEEDS.knots[metric_id]))


@given(ANY_FLOAT, st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_no_value_escapes_the_other_maps(value: float, peers: list[float]) -> None:
    low, high = oracle.quantile(peers, 0.01), oracle.quantile(peers, 0.99)
    share = oracle.shrunk_share(value, [[(p, 1) for p in peers], []], 20)
    assert share is None or 0 <= share <= 1
    assert is_score(oracle.robust_z(value, *oracle.robust_spread(peers)))
    assert is_score(oracle.min_max(value, min(low, high), max(low, high)))
    assert is_score(oracle.two_anchor(value, (0, 90), (30, 50)))


@given(ANY_FLOAT, st.floats(0.1, 50))
def test_no_sample_escapes_its_quality(sample: float, kappa: float) -> None:
    assert 0 <= oracle.reliability(sample, kappa) <= 1


@given(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4), st.sampled_from(MONOTONE))
def test_maps_are_monotone_in_their_direction(a: float, b: float, metric_id: str) -> None:
    worse, better = sorted((a, b), reverse=SEEDS.metrics[metric_id]["direction"] == "down")
    low = oracle.piecewise_linear(worse, SEEDS.knots[metric_id])
    high = oracle.piecewise_linear(better, SEEDS.knots[metric_id])
    assert low is not None and high is not None and low <= high + 1e-9


@given(accounts(), OBJECTIVES, GATES)
def test_scores_lie_within_their_bounds(
    rows: list[Evidence], objective: str, gates: list[Gate]
) -> None:
    found = score(rows, SEEDS.models[objective], gates)
    if found is None:
        return
    assert 0 <= found.low_score <= found.health_score + 1e-9
    assert found.health_score <= found.high_score + 1e-9 <= 100 + 1e-6
    assert -1e-9 <= found.coverage <= 1 + 1e-9
    assert all(found.health_score <= gate.cap for gate in gates)


@given(accounts(), OBJECTIVES)
def test_contributions_add_up(rows: list[Evidence], objective: str) -> None:
    model = SEEDS.models[objective]
    parts = oracle.score_dimensions(rows)
    found = oracle.score_objective(parts, model)
    if found is None:
        return
    points = sum(oracle.contributions(rows, parts, model).values())
    assert found.model_score == pytest.approx(model.base + points, abs=1e-9)
    total = found.model_score + found.clamp_points + found.gate_points
    assert found.health_score == pytest.approx(total, abs=1e-9)


@given(accounts(), OBJECTIVES, st.integers(0, 44), st.floats(0, 100), GATES)
def test_a_better_metric_never_lowers_the_score(
    rows: list[Evidence], objective: str, index: int, other: float, gates: list[Gate]
) -> None:
    model, row = SEEDS.models[objective], rows[index]
    if row.score is None:
        return
    better = [*rows]
    better[index] = replace(row, score=max(row.score, other))
    before, after = score(rows, model, gates), score(better, model, gates)
    assert before is not None and after is not None
    assert after.health_score >= before.health_score - 1e-9


@given(accounts(), OBJECTIVES, st.floats(0.01, 100))
def test_scaling_all_weights_changes_nothing(
    rows: list[Evidence], objective: str, factor: float
) -> None:
    model = SEEDS.models[objective]
    scaled = [replace(row, weight=row.weight * factor) for row in rows]
    weights = {name: weight * factor for name, weight in model.dimension_weights.items()}
    before = score(rows, model, [])
    after = score(scaled, replace(model, dimension_weights=weights), [])
    assert (before is None) == (after is None)
    if before and after:
        assert after.model_score == pytest.approx(before.model_score, abs=1e-9)
        assert after.coverage == pytest.approx(before.coverage, abs=1e-9)


@given(accounts(), OBJECTIVES, st.integers(0, 44), GATES)
def test_a_value_that_goes_missing_never_raises_the_low_bound(
    rows: list[Evidence], objective: str, index: int, gates: list[Gate]
) -> None:
    model = SEEDS.models[objective]
    less = [*rows]
    less[index] = replace(rows[index], score=None, quality=0.0)
    before, after = score(rows, model, gates), score(less, model, gates)
    if before and after:
        assert after.low_score <= before.low_score + 1e-9
        assert after.high_score >= before.high_score - 1e-9
        assert after.coverage <= before.coverage + 1e-9


@given(accounts(), OBJECTIVES, st.integers(0, 44), st.sampled_from([math.nan, math.inf]))
def test_a_broken_score_counts_as_unknown(
    rows: list[Evidence], objective: str, index: int, broken: float
) -> None:
    model = SEEDS.models[objective]
    spoiled, missing = [*rows], [*rows]
    spoiled[index] = replace(rows[index], score=broken)
    missing[index] = replace(rows[index], score=None)
    assert score(spoiled, model, []) == score(missing, model, [])


@given(st.lists(st.none() | st.floats(0, 100), min_size=1, max_size=40))
def test_bands_follow_the_score_within_their_offsets(scores: list[float | None]) -> None:
    bands = SEEDS.models["overall"].bands
    starts = [start for _, start, _, _ in bands]
    for value, rank in zip(scores, oracle.band_ranks(scores, bands), strict=True):
        if value is None or rank is None:
            continue
        sure = sum(value >= start + up for _, start, up, _ in bands)
        possible = sum(value >= start - down for _, start, _, down in bands)
        assert sure <= rank <= possible
        assert 0 <= oracle.raw_band(value, starts) <= len(bands)
