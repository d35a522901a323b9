"""The score once more, in plain Python: from metric values and seeds to bands, without SQL.

It exists to disagree with the warehouse when one of the two is wrong, so it shares no code with it.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Knots = Sequence[tuple[float, float]]

USABLE = frozenset({"observed", "zero"})
DIGITS = 6


def finite(value: float | None) -> float | None:
    """The value, or None where it is missing, NaN or infinite."""
    return value if value is not None and math.isfinite(value) else None


def clamp(score: float) -> float:
    """The score held within 0-100."""
    return min(100.0, max(0.0, score))


# -- values to scores ---------------------------------------------------------------------------


def piecewise_linear(value: float | None, knots: Knots) -> float | None:
    """N1: linear between the knots, level outside them."""
    x = finite(value)
    if x is None:
        return None
    if x <= knots[0][0]:
        return knots[0][1]
    for (x0, y0), (x1, y1) in itertools.pairwise(knots):
        if x <= x1:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return knots[-1][1]


def mid_rank_share(value: float, peers: Iterable[tuple[float, int]]) -> float | None:
    """The share of peers below a value, those equal to it counted half; None without peers."""
    counted = list(peers)
    total = sum(count for _, count in counted)
    if total == 0:
        return None
    below = sum(count for peer, count in counted if peer < value)
    equal = sum(count for peer, count in counted if peer == value)
    return (below + equal / 2) / total


def shrunk_share(
    value: float | None, nests: Sequence[Sequence[tuple[float, int]]], kappa: float
) -> float | None:
    """The share of peers below a value, shrunk from the widest group (last) to the narrowest."""
    x = finite(value)
    if x is None:
        return None
    share = mid_rank_share(x, nests[-1])
    for peers in reversed(nests[:-1]):
        own = mid_rank_share(x, peers)
        if own is not None and share is not None:
            size = sum(count for _, count in peers)
            share = (size * own + kappa * share) / (size + kappa)
    return share


def quantile(values: Sequence[float], share: float) -> float:
    """Type 7: linear between order statistics."""
    ordered = sorted(values)
    position = (len(ordered) - 1) * share
    low = math.floor(position)
    high = math.ceil(position)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)


def robust_spread(values: Sequence[float]) -> tuple[float, float]:
    """Median, and the first spread not zero: median deviation, quartiles, mean deviation."""
    location = quantile(values, 0.5)
    deviations = [abs(value - location) for value in values]
    median_deviation = quantile(deviations, 0.5)
    if median_deviation > 0:
        return location, 1.4826 * median_deviation
    quartiles = quantile(values, 0.75) - quantile(values, 0.25)
    if quartiles > 0:
        return location, quartiles / 1.349
    return location, 1.2533 * sum(deviations) / len(deviations)


def robust_z(
    value: float | None, location: float, scale: float, limit: float = 4, steepness: float = 1.702
) -> float | None:
    """N3: robust z through a logistic; the middle where all peers are equal."""
    x = finite(value)
    if x is None:
        return None
    if scale == 0:
        return 50.0
    z = min(limit, max(-limit, (x - location) / scale))
    return 100 / (1 + math.exp(-steepness * z))


def min_max(value: float | None, low: float, high: float) -> float | None:
    """N4: position between two frozen quantiles; the middle where they are equal."""
    x = finite(value)
    if x is None:
        return None
    if high == low:
        return 50.0
    return 100 * ((min(max(x, low), high) - low) / (high - low))


def two_anchor(
    value: float | None, first: tuple[float, float], second: tuple[float, float]
) -> float | None:
    """N5: the logistic through two points (value, score)."""
    x = finite(value)
    if x is None:
        return None
    first_odds, second_odds = (math.log(s / (100 - s)) for _, s in (first, second))
    steepness = (second_odds - first_odds) / (second[0] - first[0])
    exponent = -steepness * (x - (first[0] - first_odds / steepness))
    return 0.0 if exponent > 700 else 100 / (1 + math.exp(exponent))


# -- quality --------------------------------------------------------------------------------------


def freshness(age: float | None, grace: float, half_life: float, floor: float = 0.05) -> float:
    """Quality of a state by the age of its last data."""
    if age is None:
        return 0.0
    if age <= grace:
        return 1.0
    quality = 0.5 ** ((age - grace) / half_life)
    return quality if quality >= floor else 0.0


def reliability(sample_size: float | None, kappa: float) -> float:
    """Quality of a sampled value by the size of its sample."""
    size = finite(sample_size)
    return size / (size + kappa) if size is not None and size > 0 else 0.0


# -- scores to an objective -----------------------------------------------------------------------


@dataclass(frozen=True)
class Evidence:
    """What is known about one metric of one account at one date."""

    metric_id: str
    dimension_id: str
    weight: float
    typical: float
    score: float | None = None
    quality: float = 0.0
    is_applicable: bool = True
    sd: float = 0.0
    thresholds_of: str | None = None

    @property
    def known(self) -> float:
        """The share of the weight that rests on data."""
        return self.quality if self.score is not None and math.isfinite(self.score) else 0.0

    @property
    def effective(self) -> float:
        """The score mixed with the typical one by quality."""
        return self.mixed(self.typical)

    def mixed(self, unknown: float) -> float:
        """The score with what is unknown replaced by a number."""
        known = self.known
        return (known * self.score if known and self.score is not None else 0.0) + (
            1 - known
        ) * unknown


@dataclass(frozen=True)
class Gate:
    """An active gate."""

    gate_id: str
    cap: float
    maximum_confidence: str | None = None


@dataclass(frozen=True)
class Override:
    """A human word about a score: delta, cap, floor or value."""

    kind: str
    amount: float

    def on(self, score: float) -> float:
        """The score after it."""
        if self.kind == "delta":
            return clamp(score + self.amount)
        if self.kind == "cap":
            return min(score, self.amount)
        if self.kind == "floor":
            return max(score, self.amount)
        if self.kind == "value":
            return self.amount
        raise ValueError(f"no override of kind {self.kind}")


@dataclass(frozen=True)
class Dimension:
    """One dimension of one account at one date."""

    score: float
    typical: float
    coverage: float
    worst: float
    best: float
    variance: float
    weight: float


@dataclass(frozen=True)
class Model:
    """The numbers of one score version that an objective needs."""

    base: float
    gain: float
    dimension_weights: Mapping[str, float]
    bands: Sequence[tuple[str, float, float, float]]
    confidence: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Result:
    """One account, date and objective, scored."""

    model_score: float
    clamped: float
    cap: float | None
    clamp_points: float
    gate_points: float
    gated_score: float
    override_points: float
    health_score: float
    low_score: float
    high_score: float
    coverage: float
    confidence: str
    score_se: float
    binding_gate_id: str | None

    @property
    def is_published(self) -> bool:
        """Whether enough is known to publish the score."""
        return self.confidence != "insufficient"


def score_dimension(evidence: Iterable[Evidence]) -> Dimension | None:
    """The weighted mean over what applies; None where nothing does."""
    rows = [row for row in evidence if row.is_applicable]
    total = sum(row.weight for row in rows)
    if total <= 0:
        return None

    def mean(part: Iterable[float]) -> float:
        return sum(row.weight * value for row, value in zip(rows, part, strict=True)) / total

    return Dimension(
        score=mean(row.effective for row in rows),
        typical=mean(row.typical for row in rows),
        coverage=mean(row.known for row in rows),
        worst=mean(row.mixed(0) for row in rows),
        best=mean(row.mixed(100) for row in rows),
        variance=sum((row.weight * row.sd / total) ** 2 * (1 - row.known) for row in rows),
        weight=total,
    )


def score_dimensions(evidence: Iterable[Evidence]) -> dict[str, Dimension]:
    """Every dimension to which something applies."""
    grouped: dict[str, list[Evidence]] = defaultdict(list)
    for row in evidence:
        grouped[row.dimension_id].append(row)
    scored = {name: score_dimension(rows) for name, rows in grouped.items()}
    return {name: dimension for name, dimension in scored.items() if dimension is not None}


def shares(dimensions: Mapping[str, Dimension], model: Model) -> dict[str, float]:
    """The share of each dimension in an objective, among those that apply."""
    weights = model.dimension_weights
    counted = [name for name in dimensions if weights.get(name, 0) > 0]
    total = sum(weights[name] for name in counted)
    return {name: weights[name] / total for name in counted}


def score_objective(
    dimensions: Mapping[str, Dimension],
    model: Model,
    gates: Sequence[Gate] = (),
    override: Override | None = None,
) -> Result | None:
    """One objective from its dimensions; None where nothing applies."""
    share = shares(dimensions, model)
    if not share:
        return None
    parts = [(share[name], dimensions[name]) for name in share]
    typical = sum(weight * part.typical for weight, part in parts)

    def scaled(weighted: float) -> float:
        return model.base + model.gain * (weighted - typical)

    model_score = scaled(sum(weight * part.score for weight, part in parts))
    low = scaled(sum(weight * part.worst for weight, part in parts))
    high = scaled(sum(weight * part.best for weight, part in parts))
    coverage = sum(weight * part.coverage for weight, part in parts)
    variance = sum(weight**2 * part.variance for weight, part in parts)
    binding = min(gates, key=lambda gate: (gate.cap, gate.gate_id), default=None)
    cap = binding.cap if binding else None
    clamped = clamp(model_score)
    gated = capped(clamped, cap)
    health = override.on(gated) if override else gated
    lowest, highest = capped(clamp(low), cap), capped(clamp(high), cap)
    if override:
        # The bounds tell what the data leave open; a word about the score only widens them.
        lowest, highest = min(lowest, override.on(lowest)), max(highest, override.on(highest))
    return Result(
        model_score=model_score,
        clamped=clamped,
        cap=cap,
        clamp_points=clamped - model_score,
        gate_points=gated - clamped,
        gated_score=gated,
        override_points=health - gated,
        health_score=health,
        low_score=lowest,
        high_score=highest,
        coverage=coverage,
        confidence=confidence_of(coverage, model.confidence, gates),
        score_se=model.gain * math.sqrt(variance),
        binding_gate_id=binding.gate_id if binding else None,
    )


def contributions(
    evidence: Iterable[Evidence], dimensions: Mapping[str, Dimension], model: Model
) -> dict[str, float]:
    """Points by which each metric that applies moves the score from that of a typical account."""
    share = shares(dimensions, model)
    return {
        row.metric_id: model.gain
        * share[row.dimension_id]
        * row.weight
        / dimensions[row.dimension_id].weight
        * (row.effective - row.typical)
        for row in evidence
        if row.is_applicable and row.dimension_id in share
    }


def capped(score: float, cap: float | None) -> float:
    """The lower of a score and a cap."""
    return score if cap is None else min(score, cap)


def confidence_of(
    coverage: float, levels: Sequence[tuple[str, float]], gates: Sequence[Gate] = ()
) -> str:
    """The highest level (worst first) that the coverage reaches and the gates allow."""
    names = [name for name, _ in levels]
    rank = max(i for i, (_, least) in enumerate(levels) if round(coverage, DIGITS) >= least)
    limits = [names.index(gate.maximum_confidence) for gate in gates if gate.maximum_confidence]
    return names[min([rank, *limits])]


# -- bands ----------------------------------------------------------------------------------------


def raw_band(score: float, starts: Sequence[float]) -> int:
    """How many bands above the worst the score reaches."""
    return sum(round(score, DIGITS) >= start for start in starts)


def band_ranks(
    scores: Sequence[float | None], bands: Sequence[tuple[str, float, float, float]]
) -> list[int | None]:
    """Bands with hysteresis over time; bands are (name, start, up, down) from the second worst.

    A date without a score carries the band; before the first score there is none.
    """
    states: list[bool] | None = None
    ranks: list[int | None] = []
    for score in scores:
        if score is not None:
            s = round(score, DIGITS)
            if states is None:
                states = [s >= start for _, start, _, _ in bands]
            else:
                states = [
                    s >= start + up or (s >= start - down and state)
                    for state, (_, start, up, down) in zip(states, bands, strict=True)
                ]
        ranks.append(None if states is None else sum(states))
    return ranks
