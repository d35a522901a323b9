"""The measures agree with the method's worked vectors and with brute force."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.lib.measures import auc, fit_logistic, lift, mid_ranks, predict_logistic, spearman

OUTCOME = np.array([1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0], dtype=float)
HEALTH = np.array([12, 25, 25, 31, 40, 48, 55, 55, 62, 70, 83, 91], dtype=float)


def test_worked_vectors() -> None:
    assert auc(OUTCOME, -HEALTH) == pytest.approx(0.843750, abs=1e-6)
    assert lift(OUTCOME, -HEALTH, 0.10) == pytest.approx(2.75, abs=1e-6)
    assert lift(OUTCOME, -HEALTH, 0.25) == pytest.approx(2.0, abs=1e-6)


def test_ties_share_their_mean_rank() -> None:
    assert mid_ranks(np.array([5.0, 1.0, 5.0, 9.0])).tolist() == [2.5, 1.0, 2.5, 4.0]


def test_an_auc_of_one_class_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one case"):
        auc(np.zeros(4), np.arange(4.0))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 9)), min_size=2, max_size=40))
def test_auc_equals_counting_pairs(rows: list[tuple[int, int]]) -> None:
    outcome = np.array([row[0] for row in rows], dtype=float)
    risk = np.array([row[1] for row in rows], dtype=float)
    if outcome.min() == outcome.max():
        return
    pairs = [
        1.0 if case > other else 0.5 if case == other else 0.0
        for case in risk[outcome == 1]
        for other in risk[outcome == 0]
    ]
    assert auc(outcome, risk) == pytest.approx(sum(pairs) / len(pairs))


def test_spearman_is_one_for_any_rising_map() -> None:
    left = np.array([3.0, 1.0, 2.0, 8.0])
    assert spearman(left, np.exp(left)) == pytest.approx(1.0)


def test_logistic_recovers_planted_coefficients() -> None:
    generator = np.random.default_rng(3)
    features = generator.normal(size=(40_000, 2))
    chance = 1 / (1 + np.exp(-(-1.0 + 0.8 * features[:, 0] - 0.5 * features[:, 1])))
    outcome = (generator.random(40_000) < chance).astype(float)
    beta = fit_logistic(features, outcome)
    assert beta == pytest.approx([-1.0, 0.8, -0.5], abs=0.05)
    assert auc(outcome, predict_logistic(beta, features)) > 0.7
