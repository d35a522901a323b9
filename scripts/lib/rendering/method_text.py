"""The words of docs/method.md that are not data."""

INTRODUCTION = """
# Method

This page is rendered by `health docs` from the seeds under `seeds/scoring_model` and
`seeds/override_model`, the same files that the SQL reads (score version {version}). Change a
seed, run `health docs`, and read the difference; a test fails when this page and the seeds
disagree.
"""

ADDITIVE = """
## The score

For an account, a date and an objective:

```
score = A + B x sum over metrics of  weight x quality x (metric score - typical score)
          + clamp + gate + override
```

* **metric score**: the metric's value on a scale from 0 to 100, higher is healthier, always.
* **quality**: how much of the input counts, from 0 (missing) to 1.
* **typical score**: what the typical account of a frozen baseline scores on this metric. A metric
  that is missing adds exactly nothing, so the account counts as typical there, and its confidence
  falls.
* **weight**: metric weight within its dimension times dimension weight within the objective. Only
  metrics that do not apply are left out, and the others share their weight.
* **clamp** brings the sum into 0 to 100, **gate** lowers it to the lowest cap that holds, and
  **override** is a dated human decision. Each is a term of its own.

The score is a sum, so its explanation is exact: the contributions of all metrics, the clamp, the
gate and the override add up to it.
"""

NORMALISERS = """
## From value to metric score

* **Piecewise linear**: straight lines between knots, constant outside them. Knots that rise and
  fall describe a target range.
* **Peer percentile**: the share of a frozen peer group that is below, ties counting half; small
  groups are drawn towards the next larger one.
* **Robust z**: the distance from the peers' median in robust standard deviations, through a
  logistic curve.
* **Min-max**: the position between the winsorised ends of the baseline.
* **Two-anchor**: a logistic curve through two agreed points.
* **Identity**: the value is already a number of points.

A value that is null, not a number, infinite or outside its valid range has no metric score.
"""

QUALITY = """
## Quality of an input

* A **state** (the latest known value of something) counts in full up to its grace, then half as
  much with every half-life. Below {freshness_floor} it counts as stale and not at all.
* A **sample** of m observations counts m / (m + kappa), so two survey answers move a score less
  than twenty.

Peer percentiles of a group of n accounts are shrunk with a weight of {peer_kappa} accounts of the
next larger group.
"""

STATUSES = """
## Input statuses

Every account, date and metric has a row, also when there is nothing to measure:

| status | meaning |
|---|---|
| observed | a value was measured |
| zero | measured, and nothing was there |
| not_applicable | the metric has no meaning for this account; its weight goes to the others |
| never_observed | the source has never said anything about this account |
| stale | the last data are too old to count |
| source_late | the source has not delivered or was held back; last good data count while fresh |
| rejected | the value was not finite or outside its valid range |
"""

CONTEXT = """
## What is context and not health

Annual recurring revenue, tenure, renewal date, contract end, segment, region and owner stand
beside the score and never inside it. They decide how much is at stake and what comes first; what
an account does, its size, its plan and its first 90 days choose the card.
"""

NORMALISER_NAMES = {
    "piecewise": "piecewise linear",
    "peer_percentile": "peer percentile",
    "robust_z": "robust z",
    "min_max": "min-max",
    "two_anchor": "two-anchor logistic",
    "identity": "the value itself",
}

DIRECTIONS = {"up": "higher", "down": "lower", "target": "near its target"}
