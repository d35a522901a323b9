"""The oracle against the worked vectors of the method."""

from __future__ import annotations

import math

import pytest

from scripts.lib.oracle import scores as oracle
from scripts.lib.oracle.scores import Dimension, Evidence, Gate, Model

UTILISATION = [(0, 0), (0.10, 10), (0.50, 50), (0.75, 80), (1, 100)]
TICKET_RATE = [(0, 70), (0.5, 100), (1, 85), (2, 50), (4, 10), (8, 0)]
BREACHES = [(0, 100), (0.10, 80), (0.30, 30), (0.60, 0)]
PROMOTERS = [(-1, 0), (0, 40), (0.5, 80), (1, 100)]
LEVELS = [("insufficient", 0.0), ("low", 0.5), ("medium", 0.65), ("high", 0.8)]
BANDS = [("at_risk", 35, 5, 2), ("watch", 55, 5, 2), ("healthy", 70, 5, 2)]
SUPPORT = list(
    zip(
        (0.25, 0.20, 0.20, 0.15, 0.10, 0.10),
        (62, 80, None, 45, 90, 70),
        (1, 1, 0, 0.5, 1, 0.8),
        (75, 70, 78, 65, 80, 85),
        strict=True,
    )
)


def close(value: float) -> object:
    return pytest.approx(value, abs=1e-6)


def evidence(rows: list[tuple[float, float | None, float, float]], sd: float = 0) -> list[Evidence]:
    return [
        Evidence(f"m{i}", "d", weight, typical, score, quality, sd=sd)
        for i, (weight, score, quality, typical) in enumerate(rows, start=1)
    ]


def model(base: float = 60, gain: float = 1, **weights: float) -> Model:
    return Model(base, gain, weights or {"d": 1}, BANDS, LEVELS)


@pytest.mark.parametrize(
    ("value", "score"),
    [(0, 0), (0.05, 5), (0.3, 30), (0.5, 50), (0.62, 64.4), (0.75, 80), (0.9, 92), (1, 100),
     (1.3, 100), (None, None), (math.nan, None), (math.inf, None)],
)  # fmt: skip
def test_piecewise_linear(value: float | None, score: float | None) -> None:
    assert oracle.piecewise_linear(value, UTILISATION) == (score and close(score))


@pytest.mark.parametrize(
    ("value", "score"),
    [(0, 70), (0.25, 85), (0.5, 100), (0.8, 91), (1.5, 67.5), (3, 30), (6, 5), (20, 0)],
)
def test_target_range(value: float, score: float) -> None:
    assert oracle.piecewise_linear(value, TICKET_RATE) == close(score)


@pytest.mark.parametrize(
    ("value", "share"), [(0.5, 0), (1, 0.125), (1.5, 0.25), (2, 0.5), (5, 0.875), (9, 1)]
)
def test_mid_rank(value: float, share: float) -> None:
    assert oracle.mid_rank_share(value, [(1, 1), (2, 2), (5, 1)]) == close(share)


def test_mid_rank_of_constant_single_and_no_peers() -> None:
    assert oracle.mid_rank_share(3, [(3, 3)]) == 0.5
    assert oracle.mid_rank_share(7, [(7, 1)]) == 0.5
    assert oracle.mid_rank_share(8, [(7, 1)]) == 1
    assert oracle.mid_rank_share(8, []) is None
    assert oracle.shrunk_share(math.nan, [[(7, 1)]], 20) is None


@pytest.mark.parametrize(
    ("peers", "value", "share"),
    [([1, 2, 2, 5], 1, 0.14583333), ([1, 2, 2, 5], 2, 0.33333333), ([1, 2, 2, 5], 5, 0.6875),
     ([1, 2, 2, 5], 9, 1), ([], 5, 0.65), ([5], 5, 0.64285714)],
)  # fmt: skip
def test_shrunk_share(peers: list[float], value: float, share: float) -> None:
    everyone = [(float(v), 1) for v in (0, 1, 2, 2, 3, 4, 5, 6, 7, 8)]
    assert oracle.shrunk_share(value, [[(v, 1) for v in peers], everyone], 20) == close(share)


@pytest.mark.parametrize(
    ("peers", "location", "scale", "scores"),
    [
        ([10, 12, 11, 13, 12, 95], 12, 1.4826,
         {8: 1.00316, 12: 50, 13: 75.914236, 14: 90.854244, 95: 99.889632}),
        ([0, 0, 0, 0, 0, 0, 3, 9], 0, 0.555967, {0: 50, 9: 99.889632}),
        ([0, 0, 0, 0, 0, 0, 0, 0, 0, 10], 0, 1.2533, {0: 50, 10: 99.889632}),
        ([5, 5, 5], 5, 0, {5: 50}),
    ],
)  # fmt: skip
def test_robust_z(
    peers: list[float], location: float, scale: float, scores: dict[float, float]
) -> None:
    assert oracle.robust_spread(peers) == (close(location), close(scale))
    for value, score in scores.items():
        assert oracle.robust_z(value, *oracle.robust_spread(peers)) == close(score)
    assert oracle.robust_z(None, location, scale) is None


def test_min_max() -> None:
    base = [*range(1, 11), 200]
    low, high = oracle.quantile(base, 0.01), oracle.quantile(base, 0.99)
    assert (low, high) == (close(1.1), close(181))
    scores = {0: 0, 1: 0, 5: 2.167871, 10: 4.94719, 190: 100, 200: 100}
    assert [oracle.min_max(v, low, high) for v in scores] == [
        pytest.approx(s, abs=1e-5) for s in scores.values()
    ]
    assert oracle.min_max(5, 5, 5) == 50
    assert oracle.min_max(None, low, high) is None


def test_two_anchor() -> None:
    scores = {0: 90, 10: 81.226822, 30: 50, 45: 25, 60: 10, 90: 1.219512}
    assert [oracle.two_anchor(v, (0, 90), (30, 50)) for v in scores] == [
        close(s) for s in scores.values()
    ]


@pytest.mark.parametrize(
    ("age", "quality"),
    [(0, 1), (30, 1), (60, 0.707107), (90, 0.5), (150, 0.25), (289, 0.050183), (290, 0), (None, 0)],
)
def test_freshness(age: float | None, quality: float) -> None:
    assert oracle.freshness(age, 30, 60) == close(quality)


def test_reliability() -> None:
    assert oracle.reliability(1.205879, 6) == close(0.167347)
    assert [oracle.reliability(m, 3) for m in (3, 9, 0, None, math.nan)] == [0.5, 0.75, 0, 0, 0]


def test_dimension() -> None:
    found = oracle.score_dimension(evidence(SUPPORT))
    assert found is not None
    assert (found.score, found.coverage, found.typical) == (close(71.65), close(0.705), close(74.6))
    points = oracle.contributions(evidence(SUPPORT), {"d": found}, model())
    assert list(points.values()) == [close(c) for c in (-3.25, 2, 0, -1.5, 1, -1.2)]


def test_dimension_with_a_metric_that_does_not_apply() -> None:
    rows = evidence(SUPPORT)
    rows[4] = Evidence("m5", "d", 0.10, 80, is_applicable=False)
    found = oracle.score_dimension(rows)
    assert found is not None
    assert (found.score, found.coverage) == (close(69.611111), close(0.672222))


def test_published_example_of_another_vendor() -> None:
    rows = [(20.0, 47.0, 1.0, 50.0), (15.0, 59.0, 1.0, 50.0), (22.0, 21.0, 1.0, 50.0)]
    found = oracle.score_dimension(evidence(rows))
    assert found is not None and found.score == close(40.122807)


def test_dead_account_is_not_half_alive() -> None:
    used = {"U01": 0.16, "U05": 0.11, "U07": 0.09}
    other = {"U02": (0.11, 65), "U03": (0.13, 65), "U04": (0.11, 65), "U06": (0.09, 50)}
    other |= {"U08": (0.05, 50)}
    zeros = [Evidence(m, "usage", w, 60, 0, 1) for m, w in used.items()]
    for applies, expected in ((False, 0.0), (True, 35.0)):
        rest = [Evidence(m, "usage", w, p, is_applicable=applies) for m, (w, p) in other.items()]
        found = oracle.score_dimension(zeros + rest)
        assert found is not None and found.score == close(expected)


def test_objectives() -> None:
    names = ["usage", "support", "billing", "commercial", "expansion", "sentiment"]
    names += ["relationship", "marketing", "market"]
    scores = (42, 71.65, 88, 70, 55, 61, 35, 50, 64)
    parts = {
        name: Dimension(score, 60, 1, score, score, 0, 1)
        for name, score in zip(names, scores, strict=True)
    }
    weights = {
        56.4875: (0.30, 0.15, 0.12, 0.08, 0, 0.12, 0.16, 0.03, 0.04),
        54.096: (0.22, 0.04, 0.04, 0.10, 0.35, 0.06, 0.10, 0.05, 0.04),
        54.068: (0.10, 0.12, 0.03, 0.05, 0, 0.38, 0.27, 0.05, 0),
        55.5253: (0.244, 0.122, 0.086, 0.078, 0.070, 0.160, 0.170, 0.038, 0.032),
    }
    for expected, row in weights.items():
        found = oracle.score_objective(parts, model(**dict(zip(names, row, strict=True))))
        assert found is not None and found.model_score == close(expected)


def single(score: float, gates: list[Gate] | None = None) -> oracle.Result:
    found = oracle.score_objective(
        {"d": Dimension(score, 60, 1, score, score, 0, 1)}, model(), gates or []
    )
    assert found is not None
    return found


def test_clamp_and_gates() -> None:
    gated = single(56.4875, [Gate("G8", 50), Gate("G3", 40)])
    assert (gated.health_score, gated.gate_points) == (40, close(-16.4875))
    assert gated.binding_gate_id == "G3"
    assert single(104.2).clamp_points == close(-4.2)
    assert single(43.021657, [Gate("G8", 50)]).gate_points == 0
    assert single(43.021657, [Gate("G3", 40)]).gate_points == close(-3.021657)
    tie = single(90, [Gate("G8", 50), Gate("G1", 50)])
    assert tie.binding_gate_id == "G1"


def overridden(kind: str, amount: float, score: float, cap: float | None = None) -> oracle.Result:
    found = oracle.score_objective(
        {"d": Dimension(score, 60, 1, score - 5, score + 5, 0, 1)},
        model(),
        [Gate("G3", cap)] if cap is not None else [],
        oracle.Override(kind, amount),
    )
    assert found is not None
    return found


def test_overrides() -> None:
    acme = overridden("delta", 10, 43.021657, cap=40)
    assert (acme.gate_points, acme.override_points) == (close(-3.021657), 10)
    assert acme.health_score == 50
    assert overridden("cap", 45, 72).health_score == 45
    assert overridden("cap", 75, 72).override_points == 0
    assert overridden("floor", 55, 20).override_points == 35
    assert overridden("value", 30, 60).health_score == 30
    assert overridden("delta", 20, 95).health_score == 100


@pytest.mark.parametrize(("kind", "amount"), [("delta", 8), ("floor", 70), ("value", 90)])
def test_a_raise_never_narrows_the_bounds(kind: str, amount: float) -> None:
    before, after = overridden("cap", 100, 60), overridden(kind, amount, 60)
    assert after.low_score == before.low_score
    assert after.low_score <= after.health_score <= after.high_score
    assert after.high_score >= before.high_score


def test_dark_telemetry_is_neither_healthy_nor_sure() -> None:
    dark = single(90, [Gate("G7", 69.99, "low")])
    assert (dark.health_score, dark.confidence) == (69.99, "low")
    assert oracle.raw_band(dark.health_score, [35, 55, 70]) == 2


def test_standard_error() -> None:
    rows = [
        Evidence(f"m{i}", "d", w, 50, 50, q, sd=25)
        for i, (w, q) in enumerate(zip((0.3, 0.2, 0.2, 0.2, 0.1), (1, 1, 0.5, 1, 0.2), strict=True))
    ]
    found = oracle.score_objective(oracle.score_dimensions(rows), model(gain=1.6))
    assert found is not None and found.score_se == close(6.693280)


@pytest.mark.parametrize(
    ("scores", "up", "down"),
    [
        ([72, 70.5, 68.4, 67.9, 71, 74.9, 75, 54.5, 53.1, 52.9, 56, 60, 33.2, 32.9, 61, None, 39,
          36, 90], 5, 2),
        ([72, 70.5, 69.4, 68.9, 71, 72.9, 73, 54.5, 54.1, 53.9, 56, 58, 34.2, 33.9, 60, None, 38,
          36, 90], 3, 1),
    ],
)  # fmt: skip
def test_bands(scores: list[float | None], up: float, down: float) -> None:
    bands = [(name, start, up, down) for name, start, _, _ in BANDS]
    expected = [3, 3, 3, 2, 2, 2, 3, 2, 2, 1, 1, 2, 1, 0, 2, 2, 1, 1, 3]
    assert oracle.band_ranks(scores, bands) == expected


def test_worked_example() -> None:
    typical = (62, 50, 78, 86, 70)
    everyone = {
        "v1": [0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7, 0.8],
        "v2": [0.3, 0.35, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9],
    }
    peers = {"v1": [0.4, 0.5, 0.6, 0.7], "v2": [0.5, 0.6, 0.7, 0.8]}
    cases = [
        ("v1", (0.82, 0.55, 0.10, 0, 1.0), (1, 1, 0.5, 1, 0.2), (0.30, 0.20, 0.20, 0.20, 0.10),
         82.888, 0.82, (11.328, 4.0, 0.32, 1.28, 0.96)),
        ("v2", (0.58, 0.55, 4 / 12, 25, 1.0), (1, 1, 12 / 22, 1, 0.1),
         (0.25, 0.15, 0.20, 0.25, 0.15), 43.021657, 0.774091,
         (-0.96, -2.0, -8.96, -10.778343, 0.72)),
    ]  # fmt: skip
    for version, values, quality, weights, score, coverage, points in cases:
        nests = [[(v, 1) for v in group[version]] for group in (peers, everyone)]
        share = oracle.shrunk_share(values[1], nests, 20)
        assert share is not None
        scores = (
            oracle.piecewise_linear(values[0], UTILISATION),
            100 * share,
            oracle.piecewise_linear(values[2], BREACHES),
            oracle.two_anchor(values[3], (0, 90), (30, 50)),
            oracle.piecewise_linear(values[4], PROMOTERS),
        )
        rows = evidence(list(zip(weights, scores, quality, typical, strict=True)))
        parts = oracle.score_dimensions(rows)
        found = oracle.score_objective(parts, model(65, 1.6))
        assert found is not None
        assert (found.model_score, found.coverage) == (close(score), close(coverage))
        contributions = oracle.contributions(rows, parts, model(65, 1.6))
        assert list(contributions.values()) == [close(c) for c in points]
