"""Measures of how well a score ranks outcomes; plain NumPy, vectorised.

Every function takes one-dimensional float arrays of equal length. `outcome` is 1 where the event
happened, else 0. `risk` is higher where the event is expected (for a health score: its negative).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def mid_ranks(values: Array) -> Array:
    """Ranks from 1, ties sharing their mean rank."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2.0)[inverse]


def auc(outcome: Array, risk: Array) -> float:
    """P(risk of a case > risk of a non-case) + P(equal) / 2, from mid-ranks (Mann-Whitney).

    Raises ValueError where one of the two classes is empty.
    """
    cases = outcome.sum()
    others = len(outcome) - cases
    if cases == 0 or others == 0:
        raise ValueError("an AUC needs at least one case and one non-case")
    rank_sum = mid_ranks(risk)[outcome == 1].sum()
    return float((rank_sum - cases * (cases + 1) / 2.0) / (cases * others))


def lift(outcome: Array, risk: Array, share: float) -> float:
    """Event rate among the riskiest `share`, over the base rate; ties at the cut are prorated."""
    wanted = share * len(outcome)
    order = np.argsort(-risk, kind="stable")
    cut = risk[order][max(int(np.ceil(wanted)) - 1, 0)]
    above, at_cut = risk > cut, risk == cut
    weight_at_cut = (wanted - above.sum()) / at_cut.sum()
    events = outcome[above].sum() + weight_at_cut * outcome[at_cut].sum()
    return float(events / wanted / outcome.mean())


def spearman(left: Array, right: Array) -> float:
    """Rank correlation with mid-ranks for ties."""
    return float(np.corrcoef(mid_ranks(left), mid_ranks(right))[0, 1])


def fit_logistic(
    features: Array, outcome: Array, ridge: float = 1e-3, iterations: int = 50
) -> Array:
    """Coefficients (intercept first) of a ridge-stabilised logistic regression by Newton's method.

    `features` is rows x columns, without an intercept column; the intercept is not penalised.
    """
    design = np.column_stack([np.ones(len(features)), features])
    beta = np.zeros(design.shape[1])
    penalty = np.full(design.shape[1], ridge)
    penalty[0] = 0.0
    for _ in range(iterations):
        probability = 1.0 / (1.0 + np.exp(-np.clip(design @ beta, -30, 30)))
        gradient = design.T @ (outcome - probability) - penalty * beta
        weight = probability * (1.0 - probability)
        hessian = (design * weight[:, None]).T @ design + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta = beta + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return beta


def predict_logistic(beta: Array, features: Array) -> Array:
    """Linear predictor of `fit_logistic`'s coefficients; monotone in the probability."""
    return np.asarray(beta[0] + features @ beta[1:], dtype=np.float64)
