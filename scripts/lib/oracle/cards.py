"""Which card an account is scored by, and what it weighs, in plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

Rows = Sequence[Mapping[str, str]]
Weights = dict[str, float]
ANY = "*"


def holds_on(row: Mapping[str, str], date: dt.date) -> bool:
    """Whether a date lies in the validity of a row; an empty end is open."""
    start, end = row["valid_from"], row["valid_to"]
    return start <= date.isoformat() and (not end or date.isoformat() < end)


@dataclass(frozen=True)
class Statement:
    """What a card says of one weight."""

    kind: str
    amount: float
    outcomes: float = 0.0


def applied(below: Weights, statements: Mapping[str, Statement], kappa: float) -> Weights:
    """The weights of a group after what one card says of it."""
    fixed = {k: s.amount for k, s in statements.items() if s.kind == "weight" and k in below}
    free = {}
    for node, weight in below.items():
        said = statements.get(node)
        if node in fixed:
            continue
        if said is None:
            free[node] = weight
        elif said.kind == "multiplier":
            free[node] = weight * said.amount
        else:
            share = said.outcomes / (said.outcomes + kappa)
            free[node] = share * said.amount + (1 - share) * weight
    rest, total = 1 - sum(fixed.values()), sum(free.values())
    scaled = {node: weight * rest / total if total else 0.0 for node, weight in free.items()}
    return {node: fixed.get(node, scaled.get(node, 0.0)) for node in below}


@dataclass
class CardBook:
    """The cards of one version, ready to look up."""

    cards: Rows
    criteria: Rows
    card_weights: Rows
    card_knots: Rows
    card_priors: Rows
    kappa: float
    _weights: dict[tuple[str, ...], Weights] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Mapping[str, str]]:
        """The cards by their identifiers."""
        return {row["card_id"]: row for row in self.cards}

    def choose(self, account: Mapping[str, object], date: dt.date) -> str:
        """The narrowest card that fits an account on a date."""
        best: tuple[float, str] | None = None
        for card in self.cards:
            asked = {r["criterion"]: float(r["specificity"]) for r in self.criteria}
            asked = {name: size for name, size in asked.items() if card[name] != ANY}
            if holds_on(card, date) and all(card[name] == account[name] for name in asked):
                candidate = (sum(asked.values()), card["card_id"])
                best = max(best, candidate) if best else candidate
        if best is None:
            raise LookupError(f"no card fits {dict(account)} on {date}")
        return best[1]

    def chain(self, card_id: str) -> list[str]:
        """The card and those below it, the base card first."""
        below = self.by_id[card_id]["base_card_id"]
        return [*(self.chain(below) if below else []), card_id]

    def weights(self, card_id: str, node_type: str, parent: str, base: Weights) -> Weights:
        """The weights of one group under a card."""
        key = (card_id, node_type, parent, *map(repr, base.items()))
        if key not in self._weights:
            found = base
            for card in self.chain(card_id):
                found = applied(found, self._statements(card, node_type, parent), self.kappa)
            self._weights[key] = found
        return self._weights[key]

    def _statements(self, card: str, node_type: str, parent: str) -> dict[str, Statement]:
        own = [
            row
            for row in self.card_weights
            if row["card_id"] == card
            and row["node_type"] == node_type
            and row["objective_id"] in (ANY, parent)
        ]
        # What is said of one objective comes last and stands.
        return {
            row["node_id"]: Statement(
                row["weight_kind"], float(row["amount"]), float(row["outcomes"] or 0)
            )
            for row in sorted(own, key=lambda row: row["objective_id"] != ANY)
        }

    def holder(self, card_id: str, metric_id: str) -> str | None:
        """The nearest card with thresholds of its own for a metric; none for the usual ones."""
        stating = {row["card_id"] for row in self.card_knots if row["metric_id"] == metric_id}
        return next((card for card in reversed(self.chain(card_id)) if card in stating), None)

    def knots(self, holder: str, metric_id: str) -> list[tuple[float, float]]:
        """The thresholds that a card states."""
        return [
            (float(row["metric_value"]), float(row["metric_score"]))
            for row in self.card_knots
            if (row["card_id"], row["metric_id"]) == (holder, metric_id)
        ]

    def prior(self, card_id: str, metric_id: str) -> Mapping[str, str] | None:
        """The typical account of the nearest card that has one of its own for a metric."""
        own = {r["card_id"]: r for r in self.card_priors if r["metric_id"] == metric_id}
        return next((own[card] for card in reversed(self.chain(card_id)) if card in own), None)


def rows_of(rows: Iterable[Mapping[str, str]], column: str, value: str) -> Rows:
    """The rows that have a value in a column."""
    return [row for row in rows if row[column] == value]
