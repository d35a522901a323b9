"""The change of a score by cause: the method's example, and the warehouse at any dates."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from scripts.lib.oracle import bridge
from scripts.lib.oracle import scores as oracle
from scripts.lib.oracle.bridge import CAUSES, State, metric_change
from scripts.lib.oracle.compare import Comparison, Seeds
from scripts.lib.warehouse import open_warehouse

GAIN = 1.6
# metric: typical, (weight, quality, score) at both dates, earlier value by the later yardstick and
# later value by the earlier one, and the points of each cause.
EXAMPLE = {
    "util": (62, (0.3, 1, 85.6), (0.25, 1, 59.6), 85.6, 59.6, (-11.44, 0, 0, -0.848)),
    "breadth": (
        50,
        (0.2, 1, 62.5),
        (0.15, 1, 125 / 3),
        125 / 3,
        62.5,
        (0, -5.833333, 0, -0.166667),
    ),
    "sla": (78, (0.2, 0.5, 80), (0.2, 12 / 22, 80 / 3), 80, 80 / 3, (-8.921212, 0, -0.358788, 0)),
    "dpd": (
        86,
        (0.2, 1, 90),
        (0.25, 1, 59.054143681),
        90,
        59.054143681,
        (-11.140508, 0, 0, -0.917834),
    ),
    "nps": (70, (0.1, 0.2, 100), (0.15, 0.1, 100), 100, 100, (0, 0, -0.6, 0.36)),
}
ACCOUNTS = 6
PAIRS = 5


def close(value: float) -> object:
    return pytest.approx(value, abs=1e-6)


def test_the_worked_example() -> None:
    total = 0.0
    for typical, before, after, earlier_rebased, later_rebased, expected in EXAMPLE.values():
        earlier, later = (State(w, q, typical, s) for w, q, s in (before, after))
        found = metric_change(earlier, later, GAIN, earlier_rebased, later_rebased)
        assert [found[cause] for cause in CAUSES] == [close(points) for points in expected]
        total += sum(found.values())
    assert total == close(-39.866343)


def test_a_value_that_arrives_is_quality_alone() -> None:
    earlier, later = State(0.3, 0, 62, None), State(0.3, 1, 62, 59.6)
    found = metric_change(earlier, later, GAIN, None, 59.6)
    assert found == {"metric": 0, "baseline": 0, "quality": close(-1.152), "weight": 0}


def test_a_metric_that_begins_to_apply_is_weight_alone() -> None:
    earlier, later = State(0, 0, 62, None, is_applicable=False), State(0.3, 0.5, 62, 50)
    found = metric_change(earlier, later, GAIN, None, 50)
    assert found == {"metric": 0, "baseline": 0, "quality": 0, "weight": close(GAIN * 0.3 * -6)}


def test_nothing_is_left_over() -> None:
    draw = random.Random(4)
    for _ in range(500):
        states = [
            State(draw.random(), draw.random() * is_known, draw.uniform(40, 80),
                  draw.uniform(0, 100) if is_known else None)
            for is_known in (draw.random() > 0.2, draw.random() > 0.2)
        ]  # fmt: skip
        rebased = [None if s.score is None else draw.uniform(0, 100) for s in states]
        found = metric_change(states[0], states[1], GAIN, *rebased)
        points = [
            GAIN * s.weight * s.quality * ((s.score or 0) - s.typical) if s.score is not None else 0
            for s in states
        ]
        assert sum(found.values()) == close(points[1] - points[0])


def expected_change(
    seeds: Seeds, earlier: list[dict[str, Any]], later: list[dict[str, Any]], objective: str
) -> dict[str, dict[str, float]]:
    """The change of one account, computed from the metric values of both dates."""
    sides = []
    cards = [rows[0]["card_id"] for rows in (earlier, later)]
    for card, rows in zip(cards, (earlier, later), strict=True):
        evidence = [
            oracle.Evidence(
                metric_id=row["metric_id"],
                dimension_id=seeds.metrics[row["metric_id"]]["dimension_id"],
                weight=seeds.weight(card, row["metric_id"], row["as_of_date"]),
                typical=float(seeds.prior(card, row["metric_id"])["typical_score"]),
                score=seeds.score(row),
                quality=seeds.quality(row),
                is_applicable=row["input_status"] != "not_applicable",
            )
            for row in rows
        ]
        sides.append(bridge.states(evidence, seeds.model_of(objective, card)))
    before = {row["metric_id"]: row for row in earlier}
    after = {row["metric_id"]: row for row in later}

    def rebased(metric: str) -> tuple[float | None, float | None]:
        yardsticks = [
            {
                key: value
                for key, value in side[metric].items()
                if key.startswith("peer_") or key == "card_id"
            }
            for side in (before, after)
        ]
        return (
            seeds.score({**before[metric], **yardsticks[1]}),
            seeds.score({**after[metric], **yardsticks[0]}),
        )

    gain = seeds.models[objective].gain
    found = bridge.score_change(sides[0], sides[1], gain, rebased)
    # What a metric weighs by another card is the card's doing.
    by_card = cards[0] != cards[1]
    return {
        metric: {
            **points,
            "weight": 0.0 if by_card else points["weight"],
            "card": points["weight"] if by_card else 0.0,
        }
        for metric, points in found.items()
    }


def check_changes(database: Path, accounts: int, pairs: int) -> int:
    """Compare the views of changes with the oracle at random pairs of dates; returns the pairs."""
    seeds = Seeds()
    draw = random.Random(11)
    checked = 0
    with open_warehouse(database) as warehouse:
        comparison = Comparison(warehouse.connection, seeds)
        by_account = comparison.by_account(
            "select scores.*, spine.peer_industry_segment, spine.peer_segment,"
            " spine.peer_plan_tier, spine.peer_seat_bucket from {fct_account_metric_scores} as"
            " scores inner join {fct_account_spine} as spine using (account_id, as_of_date)"
            " order by account_id, as_of_date"
        )
        for account, rows in itertools.islice(by_account, accounts):
            dates: dict[dt.date, list[dict[str, Any]]] = {}
            for row in rows:
                dates.setdefault(row["as_of_date"], []).append(row)
            for _ in range(pairs if len(dates) > 1 else 0):
                since, as_of = sorted(draw.sample(list(dates), 2))
                objective = draw.choice(list(seeds.models))
                expected = expected_change(seeds, dates[since], dates[as_of], objective)
                warehouse.ask_for(since, as_of)
                found = warehouse.rows(
                    "select * from {fct_account_metric_changes} where account_id = ?"
                    " and since_date = ? and as_of_date = ? and objective_id = ?",
                    [account, since, as_of, objective],
                )
                assert found
                for row in found:
                    points = expected.pop(row["metric_id"])
                    for cause in (*CAUSES, "card"):
                        assert row[f"{cause}_points"] == close(points[cause])
                assert all(
                    points == close(0) for rest in expected.values() for points in rest.values()
                )
                total = warehouse.one(
                    "select * from {fct_account_score_changes} where account_id = ?"
                    " and since_date = ? and as_of_date = ? and objective_id = ?",
                    [account, since, as_of, objective],
                )
                by_metric = sum(row["change_points"] for row in found)
                others = sum(total[f"{term}_points"] for term in
                             ("scaling", "clamp", "gate", "override"))  # fmt: skip
                assert by_metric + others == close(total["change_points"])
                checked += 1
    return checked


@pytest.mark.build
def test_the_warehouse_agrees_at_any_two_dates(warehouse: Path) -> None:
    assert check_changes(warehouse, ACCOUNTS, PAIRS) > ACCOUNTS
