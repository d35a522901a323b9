"""The part of docs/method.md about scorecards and versions, from their seeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.lib.findings import SeedRow, read_seed

Table = Callable[[list[str], list[list[str]]], str]
CRITERIA = ("industry", "lifecycle_stage", "segment", "plan_tier")
KINDS = {"multiplier": "×", "weight": "=", "estimate": "→"}

CARDS = """
## Scorecards

An account has one card at a date: of those that fit it, the narrowest. How narrow a card is, is the
sum over what it asks for: {specificities}. A card inherits from another one and states only what
differs. A multiplier (×) scales the inherited weight, a weight (=) stands as it is, an estimate (→)
is pulled to the inherited weight as if {kappa} outcomes spoke for that; the other weights of the
group share the rest, so that it sums to 1. Metrics that a card scores by thresholds of its own have
a typical account of their own.
"""
VERSION = """
## The version

Version {score_version} answers to the {owner_role} and is in force from {valid_from}; its review is
due by {review_by}. {rationale}. Approved by {approvals}. What decides its scores is sealed: a
change of it is another version.
"""


def render_cards(root: Path, version: str, baseline: str, table: Table) -> str:
    """The cards of a version, what they state, and their thresholds."""

    def rows(name: str) -> list[SeedRow]:
        seed = read_seed(root, f"seeds/scorecards/{name}.csv")
        return [row for row in seed.rows if version in (row["score_version"], "")]

    settings = rows("card_settings")
    priors = {
        (row["card_id"], row["metric_id"]): row["typical_score"]
        for row in read_seed(root, "seeds/scorecards/card_priors.csv").rows
        if row["baseline_version"] == baseline
    }
    text = CARDS.format(
        specificities=", ".join(
            f"{row['criterion'].replace('_', ' ')} {row['specificity']}"
            for row in rows("card_criteria")
        ),
        kappa=settings[0]["estimate_kappa"] if settings else "",
    )
    cards = [
        [
            f"`{row['card_id']}`",
            ", ".join(row[name].replace("_", " ") for name in CRITERIA if row[name] != "*")
            or "every account",
            f"`{row['base_card_id']}`" if row["base_card_id"] else "",
            _stated(rows("card_weights"), row["card_id"]),
            row["reason"],
        ]
        for row in rows("cards")
    ]
    text += "\n" + table(["card", "for", "inherits from", "states", "because"], cards) + "\n"
    knots: dict[tuple[str, str], list[str]] = {}
    for row in rows("card_knots"):
        points = knots.setdefault((row["card_id"], row["metric_id"]), [])
        points.append(f"{row['metric_value']} → {row['metric_score']}")
    own = [
        [f"`{card}`", f"`{metric}`", ", ".join(points), priors.get((card, metric), "")]
        for (card, metric), points in knots.items()
    ]
    return text + "\n" + table(["card", "metric", "thresholds", "typical account"], own)


def _stated(statements: list[SeedRow], card: str) -> str:
    return ", ".join(
        f"{row['node_id']} {KINDS.get(row['weight_kind'], '')} {row['amount']}"
        + ("" if row["objective_id"] == "*" else f" in {row['objective_id']}")
        for row in statements
        if row["card_id"] == card
    )


def render_version(root: Path, version: str) -> str:
    """Who answers for the version, who approved it, and until when."""
    versions = read_seed(root, "seeds/governance/model_versions.csv").rows
    functions = {
        row["function_id"]: row["function_name"].lower()
        for row in read_seed(root, "seeds/governance/approval_functions.csv").rows
    }
    approvals = [
        functions.get(row["function_id"], row["function_id"])
        for row in read_seed(root, "seeds/governance/version_approvals.csv").rows
        if row["score_version"] == version
    ]
    listed = (
        ", ".join(approvals[:-1]) + (" and " if approvals[1:] else "") + "".join(approvals[-1:])
    )
    return "\n".join(
        VERSION.format(**row.values, approvals=listed)
        for row in versions
        if row["score_version"] == version
    )
