"""Checks of the scorecards: one base card, no two of equal rank, weights that add up."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path

from scripts.lib.findings import Finding, Seed, SeedRow, read_seed
from scripts.lib.oracle.cards import ANY, CardBook

FOLDER = "seeds/scorecards"
COLUMNS = {
    "cards": ("score_version", "card_id", "base_card_id", "valid_from"),
    "card_criteria": ("score_version", "criterion", "specificity"),
    "card_settings": ("score_version", "estimate_kappa"),
    "card_weights": ("score_version", "card_id", "node_type", "node_id", "weight_kind", "amount"),
    "card_knots": ("score_version", "card_id", "metric_id", "knot_number", "metric_value"),
    "card_priors": ("baseline_version", "card_id", "metric_id", "typical_score"),
}
CRITERIA = ("industry", "lifecycle_stage", "segment", "plan_tier")
KINDS = ("multiplier", "weight", "estimate")
LEVELS = 3
TOLERANCE = 1e-9
LAST = "9999-12-31"


def check_cards(root: Path) -> list[Finding]:
    """Every finding about the scorecards of a project."""
    seeds = {name: read_seed(root, f"{FOLDER}/{name}.csv", c) for name, c in COLUMNS.items()}
    model = {
        name: read_seed(root, f"seeds/scoring_model/{name}.csv")
        for name in ("metric_weights", "objective_weights", "score_versions", "metrics")
    }
    _check_criteria(seeds["card_criteria"])
    for (version,), cards in seeds["cards"].groups("score_version").items():
        if _check_lineage(seeds["cards"], version, cards):
            _check_ranks(seeds["cards"], seeds["card_criteria"], version, cards)
            _check_statements(seeds["card_weights"], model, version, cards)
            if not seeds["card_weights"].findings:
                _check_sums(seeds, model, version)
    _check_knots(seeds, model)
    return [finding for seed in seeds.values() for finding in seed.findings]


def _check_criteria(seed: Seed) -> None:
    for row in seed.rows:
        if row["criterion"] not in CRITERIA:
            seed.report(
                row,
                f"a card cannot ask for {row['criterion']}",
                f"Use one of: {', '.join(CRITERIA)}",
            )
        size = row.number("specificity")
        if size is None or not math.isfinite(size) or size <= 0:
            seed.report(
                row,
                f"the specificity of {row['criterion']} is {row['specificity'] or 'empty'}",
                "Give a number above 0",
            )


def _check_lineage(seed: Seed, version: str, cards: list[SeedRow]) -> bool:
    """Whether every card stands on the base card, so that it can be looked into further."""
    before = len(seed.findings)
    below = {row["card_id"]: row["base_card_id"] for row in cards}
    for row in cards:
        if [c["card_id"] for c in cards].index(row["card_id"]) != cards.index(row):
            seed.report(row, f"card {row['card_id']} stands twice in {version}", "Remove one")
        if row["base_card_id"] and row["base_card_id"] not in below:
            seed.report(
                row,
                f"card {row['card_id']} inherits from the unknown card {row['base_card_id']}",
                "Use a card_id of the same version",
            )
        for criterion in CRITERIA:
            if not row[criterion]:
                seed.report(
                    row, f"card {row['card_id']} does not say which {criterion}", "Write * for any"
                )
    bases = [row for row in cards if not row["base_card_id"]]
    if len(bases) != 1:
        seed.report(
            bases[1] if bases else None,
            f"version {version} has {len(bases)} base cards and not one",
            "Let one card have no base_card_id, and all others inherit from it",
        )
    for row in bases[:1]:
        if any(row[criterion] != ANY for criterion in CRITERIA) or row["valid_to"]:
            seed.report(
                row, f"the base card of {version} does not fit every account", "Write * and no end"
            )
    if len(seed.findings) > before:
        return False
    for row in cards:
        steps, card = 0, row["card_id"]
        while below[card] and steps <= LEVELS:
            card, steps = below[card], steps + 1
        if steps > LEVELS:
            seed.report(
                row,
                f"card {row['card_id']} does not reach the base card in {LEVELS} steps",
                "Let it inherit from a card nearer to the base card, and from none in a circle",
            )
    return len(seed.findings) == before


def _check_ranks(seed: Seed, criteria: Seed, version: str, cards: list[SeedRow]) -> None:
    size = {
        row["criterion"]: row.number("specificity") or 0
        for row in criteria.rows
        if row["score_version"] == version
    }

    def rank(card: SeedRow) -> float:
        return sum(size.get(name, 0) for name in CRITERIA if card[name] != ANY)

    for first, second in combinations(cards, 2):
        meet = all(
            ANY in (first[name], second[name]) or first[name] == second[name] for name in CRITERIA
        )
        together = first["valid_from"] < (second["valid_to"] or LAST) and second["valid_from"] < (
            first["valid_to"] or LAST
        )
        if meet and together and rank(first) == rank(second):
            seed.report(
                second,
                f"card {second['card_id']} has the rank of card {first['card_id']}"
                f" (row {first.line}) for the same accounts: {rank(first):g}",
                "Let one of them ask for more, or end before the other begins",
            )


def _check_statements(
    seed: Seed, model: dict[str, Seed], version: str, cards: list[SeedRow]
) -> None:
    known = {
        "metric": model["metric_weights"].values("metric_id"),
        "dimension": model["objective_weights"].values("dimension_id"),
    }
    objectives = model["objective_weights"].values("objective_id")
    names = {row["card_id"] for row in cards}
    for row in seed.rows:
        if row["score_version"] != version:
            continue
        label = f"card {row['card_id']}"
        amount, outcomes = row.number("amount"), row.number("outcomes")
        if row["card_id"] not in names:
            seed.report(row, f"there is no {label} in {version}", "Use a card_id of cards.csv")
        if row["node_id"] not in known.get(row["node_type"], set()):
            seed.report(
                row,
                f"{label} names the unknown {row['node_type'] or 'node'} {row['node_id']}",
                "Use a dimension or a metric that has a weight",
            )
        if row["objective_id"] not in (
            {ANY} if row["node_type"] == "metric" else {ANY, *objectives}
        ):
            seed.report(
                row,
                f"{label} names the objective {row['objective_id'] or 'nothing'}",
                "Write * for all; a metric weighs the same in all of them",
            )
        if row["weight_kind"] not in KINDS:
            seed.report(
                row, f"{label} has the unknown kind {row['weight_kind']}",
                f"Use one of: {', '.join(KINDS)}",
            )  # fmt: skip
        highest = math.inf if row["weight_kind"] == "multiplier" else 1
        if amount is None or not math.isfinite(amount) or not 0 <= amount <= highest:
            seed.report(
                row,
                f"the {row['weight_kind']} of {row['node_id']} on {label} is {row['amount']}",
                "Give a number of 0 or more, and for a weight not above 1",
            )
        if row["weight_kind"] == "estimate" and not (outcomes and outcomes > 0):
            seed.report(
                row,
                f"the estimate of {row['node_id']} on {label} rests on no outcomes",
                "Say on how many outcomes it rests",
            )


def _check_sums(seeds: dict[str, Seed], model: dict[str, Seed], version: str) -> None:
    def of_version(seed: Seed) -> list[dict[str, str]]:
        return [row.values for row in seed.rows if row["score_version"] == version]

    kappa = next((float(r["estimate_kappa"]) for r in of_version(seeds["card_settings"])), None)
    if kappa is None:
        seeds["card_settings"].report(None, f"version {version} has no settings", "Add its row")
        return
    book = CardBook(
        of_version(seeds["cards"]), of_version(seeds["card_criteria"]),
        of_version(seeds["card_weights"]), [], [], kappa,
    )  # fmt: skip
    for card in book.by_id:
        for node_type, parent, base in _groups(model, version):
            found = book.weights(card, node_type, parent, base)
            total = math.fsum(found.values())
            if abs(total - 1) <= TOLERANCE and min(found.values()) >= 0:
                continue
            stated = [
                row
                for row in seeds["card_weights"].rows
                if row["card_id"] in book.chain(card)
                and row["node_type"] == node_type
                and row["node_id"] in found
                and row["objective_id"] in (ANY, parent)
            ]
            label = (
                f"sum to {total:.10g} and not to 1" if min(found.values()) >= 0
                else "leave nothing for the others"
            )  # fmt: skip
            seeds["card_weights"].report(
                stated[0] if stated else None,
                f"the weights of card {card} in {parent} {label}",
                "Change the stated weights so that all of the group come to 1",
            )


def _groups(model: dict[str, Seed], version: str) -> Iterator[tuple[str, str, dict[str, float]]]:
    """Groups of weights as they are today: of each dimension, and of each objective."""
    for seed, node_type, parent, node in (
        ("metric_weights", "metric", "dimension_id", "metric_id"),
        ("objective_weights", "dimension", "objective_id", "dimension_id"),
    ):
        for (found, name), rows in model[seed].groups("score_version", parent).items():
            if found == version:
                base = {r[node]: r.number("weight") or 0 for r in rows if not r["valid_to"]}
                if base and abs(math.fsum(base.values()) - 1) <= TOLERANCE:
                    yield node_type, name, base


def _check_knots(seeds: dict[str, Seed], model: dict[str, Seed]) -> None:
    seed, priors = seeds["card_knots"], seeds["card_priors"]
    normaliser = {row["metric_id"]: row["normaliser"] for row in model["metrics"].rows}
    baseline = {r["score_version"]: r["baseline_version"] for r in model["score_versions"].rows}
    frozen = set(priors.groups("baseline_version", "card_id", "metric_id"))
    groups = seed.groups("score_version", "card_id", "metric_id")
    for (version, card, metric), rows in groups.items():
        label = f"metric {metric} on card {card}"
        if (version, card) not in seeds["cards"].groups("score_version", "card_id"):
            seed.report(rows[0], f"there is no card {card} in {version}", "Use one of cards.csv")
        if normaliser.get(metric) not in ("piecewise", "two_anchor"):
            seed.report(rows[0], f"{label} is not scored by thresholds", "Remove its knots")
        if (baseline.get(version, ""), card, metric) not in frozen:
            seed.report(
                rows[0],
                f"{label} has thresholds of its own and no typical account",
                "Add it to card_priors.csv; `health freeze` renews the numbers",
            )
        rows = sorted(rows, key=lambda row: row.number("knot_number") or 0)
        if len(rows) < 2:
            seed.report(rows[0], f"{label} has fewer than two knots", "Add the others")
        for before, row in pairwise(rows):
            low, high = before.number("metric_value"), row.number("metric_value")
            if low is None or high is None or high <= low:
                seed.report(
                    row,
                    f"the knots of {label} do not increase: {before['metric_value']}"
                    f" is followed by {row['metric_value']}",
                    "Put metric_value in strictly increasing order of knot_number",
                )
    holders = {(baseline.get(version), card, metric) for version, card, metric in groups}
    for row in priors.rows:
        key = (row["baseline_version"], row["card_id"], row["metric_id"])
        if key not in holders and row["baseline_version"] in baseline.values():
            priors.report(
                row,
                f"metric {row['metric_id']} has a typical account on card {row['card_id']}"
                " and no thresholds",
                "Add them to card_knots.csv, or remove the row",
            )
