"""The golden accounts by hand: the workings of the fixture, evaluated, and added up to scores."""

from __future__ import annotations

import csv
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from support.project_files import ROOT

FIXTURE = ROOT / "tests" / "fixtures" / "golden" / "metrics.csv"
PAGE = ROOT / "docs" / "golden_accounts.md"
NOT_APPLICABLE = "not applicable"
UNKNOWN = "unknown"
SEGMENT = "mid_market"
# The account's group on each peer level; the same for all of them.
PEERS = {
    "industry_segment": "software|mid_market", "segment": SEGMENT,
    "plan_tier": "professional", "seat_bucket": "10-49",
}  # fmt: skip


@dataclass
class Metric:
    """One metric of an account, worked by hand."""

    metric_id: str
    dimension_id: str
    weight: float
    typical: float
    workings: tuple[str, str, str] = (UNKNOWN, "0", "")
    value: float | None = None
    quality: float = 0.0
    score: float | None = None

    @property
    def is_applicable(self) -> bool:
        return self.workings[0] != NOT_APPLICABLE

    @property
    def distance(self) -> float:
        """How far the metric lifts the account above the typical one, in points of its own."""
        return 0.0 if self.score is None else self.quality * (self.score - self.typical)


@dataclass
class Account:
    """An account's metrics, and the scores that follow from them."""

    account_id: str
    metrics: list[Metric] = field(default_factory=list)

    def dimensions(self) -> dict[str, tuple[float, float]]:
        """Score and typical score of each dimension with an applicable metric."""
        found = {}
        for dimension in dict.fromkeys(metric.dimension_id for metric in self.metrics):
            own = [m for m in self.metrics if m.dimension_id == dimension and m.is_applicable]
            if own:
                total = sum(metric.weight for metric in own)
                typical = sum(metric.weight * metric.typical for metric in own) / total
                lift = sum(metric.weight * metric.distance for metric in own) / total
                found[dimension] = (typical + lift, typical)
        return found

    def model_score(self, objective: str) -> float:
        """The objective's score before the clamp and the gates."""
        weights = {row["dimension_id"]: float(row["weight"]) for row in _seed("objective_weights")
                   if row["objective_id"] == objective}  # fmt: skip
        scaling = next(row for row in _seed("score_scaling") if row["objective_id"] == objective)
        dimensions = self.dimensions()
        total = sum(weights[name] for name in dimensions)
        lift = sum(weights[name] * (s - typical) for name, (s, typical) in dimensions.items())
        return float(scaling["typical_score"]) + float(scaling["gain"]) * lift / total


@cache
def _seed(name: str, folder: str = "scoring_model") -> tuple[dict[str, str], ...]:
    with (ROOT / "seeds" / folder / f"{name}.csv").open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))


def golden_accounts() -> dict[str, Account]:
    """Every account of the fixture with all metrics of the catalogue."""
    with FIXTURE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    accounts: dict[str, Account] = {}
    typical = {row["metric_id"]: float(row["typical_score"]) for row in _seed("metric_priors")}
    workings = {
        (row["account_id"], row["metric_id"]): (
            row["metric_value"], row["quality"], row["metric_score"]
        )
        for row in rows
    }  # fmt: skip
    for name in dict.fromkeys(row["account_id"] for row in rows):
        account = accounts.setdefault(name, Account(name))
        for row in _seed("metric_weights"):
            key = row["metric_id"]
            metric = Metric(key, row["dimension_id"], float(row["weight"]), typical[key])
            metric.workings = workings.get((name, key), metric.workings)
            if metric.workings[2]:
                metric.value = evaluate(metric.workings[0], metric)
                metric.quality = evaluate(metric.workings[1], metric)
                metric.score = evaluate(metric.workings[2], metric)
            account.metrics.append(metric)
    return accounts


def evaluate(working: str, metric: Metric) -> float:
    """The number that a working comes to."""
    names: dict[str, Any] = {
        "exp": math.exp,
        "ln": math.log,
        "half": lambda age, half_life: 0.5 ** (age / half_life),
        "peers": lambda value: peers(metric.metric_id, value),
        "curve": lambda value: curve(metric.metric_id, value),
        "value": metric.value,
        **_frozen_numbers(),
    }
    assert not set(re.findall(r"[a-z_]+", working)) - set(names), working
    return float(eval(working, {"__builtins__": {}}, names))


@cache
def _frozen_numbers() -> dict[str, float]:
    """What the segment's peers do: their tickets by seat and day, and the modules that they own."""
    rates = next(row for row in _seed("peer_rates", "baselines") if row["peer_group"] == SEGMENT)
    modules = {
        row["product_name"].lower(): float(row["adoption"])
        for row in _seed("module_adoption", "baselines")
        if row["segment"] == SEGMENT
    }
    return {
        "peer_rate": float(rates["rate"]), "peer_tickets": float(rates["ticket_rate"]), **modules
    }  # fmt: skip


def curve(metric_id: str, value: float) -> float:
    """The straight line between the two knots around a value."""
    knots = sorted(
        (float(row["metric_value"]), float(row["metric_score"]))
        for row in _seed("metric_knots")
        if row["metric_id"] == metric_id
    )
    if not knots[0][0] < value < knots[-1][0]:
        return knots[0][1] if value <= knots[0][0] else knots[-1][1]
    (x1, s1), (x2, s2) = next(pair for pair in itertools.pairwise(knots) if value <= pair[1][0])
    return s1 + (s2 - s1) * (value - x1) / (x2 - x1)


def peers(metric_id: str, value: float) -> float:
    """The shrunk percentile: 20 accounts of the wider group join each group."""
    metric = next(row for row in _seed("metrics") if row["metric_id"] == metric_id)
    scheme = next(
        row for row in _seed("peer_schemes") if row["peer_scheme"] == metric["peer_scheme"]
    )
    step = float(metric["peer_precision"])
    levels = [("all", "all")] + [
        (level, PEERS[level]) for level in (scheme["peer_level_2"], scheme["peer_level_1"]) if level
    ]
    baseline: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for row in _seed("peer_baselines", "baselines"):
        if row["metric_id"] == metric_id:
            place = round(float(row["metric_value"]) / step)
            baseline[row["peer_level"], row["peer_group"]][place] = int(row["n_equal"])
    share, own_step = 0.0, math.floor(value / step + 0.5)
    for number, level in enumerate(levels):
        counts = baseline.get(level, {})
        size, joined = sum(counts.values()), 20 if number else 0
        below = sum(count for place, count in counts.items() if place < own_step)
        rank = below + counts.get(own_step, 0) / 2
        share = (rank + joined * share) / (size + joined)
    return 100 * (1 - share if metric["direction"] == "down" else share)


def page_lines(account: Account) -> Iterator[str]:
    """The table of an account's metrics as the page shows it: what is unknown is left out."""
    yield "| metric | value | quality | score | typical |"
    yield "|---|---|---|---|---|"
    for metric in account.metrics:
        value, quality, score = metric.workings
        if value == NOT_APPLICABLE:
            yield f"| {metric.metric_id} | {value} | | | |"
        elif metric.score is not None:
            yield (
                f"| {metric.metric_id} | {_equation(value, metric.value)}"
                f" | {_equation(quality, metric.quality)} | {_equation(score, metric.score)}"
                f" | {_number(metric.typical)} |"
            )
    yield ""
    dimensions = ", ".join(
        f"{name} {_number(score)} ({_number(typical)})"
        for name, (score, typical) in account.dimensions().items()
    )
    yield f"Dimensions, typical account in brackets: {dimensions}."
    yield ""
    scores = ", ".join(
        f"{objective} {_number(account.model_score(objective))}"
        for objective in ("retention", "growth", "advocacy", "overall")
    )
    yield f"Scores before gates: {scores}."


def _equation(working: str, result: float | None) -> str:
    assert result is not None
    return working if working == _number(result) else f"{working} = {_number(result)}"


def _number(number: float) -> str:
    return f"{number:.6f}".rstrip("0").rstrip(".")


def table_of_page(account_id: str) -> list[str]:
    """What the page says between the marks of an account."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.search(rf"<!-- {account_id} -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert found, f"docs/golden_accounts.md has no table of {account_id}"
    return found[1].splitlines()


def renew_page() -> None:
    """Write the tables of the page anew: for a changed baseline or weight, never for a failure."""
    text = PAGE.read_text(encoding="utf-8")
    for name, account in golden_accounts().items():
        lines = "\n".join(page_lines(account)) + "\n"
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- end -->)",
            lambda found, lines=lines: found[1] + lines + found[2],
            text,
            flags=re.DOTALL,
        )
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    renew_page()
