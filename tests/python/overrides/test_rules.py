"""The rules of overrides: each at its edge, and no two overrides on one score at once."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.ledgers import TODAY, as_withdrawn, entry, random_ledger, rules, withdrawals

from scripts.lib.overrides.report import overridden
from scripts.lib.overrides.rules import Day, Entry, day_faults, judge

RULES = rules()
NOON = dt.datetime.combine(TODAY, dt.time(12))
LEAD = {"approver": "bob@vendor.example", "approver_role": "cs_lead"}
DIRECTOR = {"approver": "bob@vendor.example", "approver_role": "cs_director"}


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, None),
        ({"amount": -20.0}, None),
        ({"amount": -20.5}, "needs_director"),
        ({"amount": -20.5, **LEAD}, "needs_director"),
        ({"amount": 20.5, **DIRECTOR}, None),
        ({"amount": 20.5, "author_role": "cs_director"}, None),
        ({"amount": 20.5, "approver": " ANN@vendor.example", "approver_role": "cs_director"},
         "needs_director"),
        ({"expires_on": days(90)}, None),
        ({"expires_on": days(91)}, "lasts_too_long"),
        ({"valid_from": days(40), "expires_on": days(91)}, "lasts_too_long"),
        ({"expires_on": TODAY}, "ends_before_it_begins"),
        ({"override_kind": "cap", "amount": 101.0}, "amount_out_of_range"),
        ({"override_kind": "cap", "amount": 0.0}, None),
        ({"override_kind": "magic"}, "unknown_kind"),
        ({"objective_id": "fame"}, "unknown_objective"),
        ({"reason_code": "mood"}, "unknown_reason"),
        ({"author_role": "guest"}, "unknown_role"),
        ({"account_id": "nobody"}, "unknown_account"),
        ({"approver": "bob@vendor.example"}, "approver_may_not_approve"),
        ({"approver": "bob@vendor.example", "approver_role": "csm"}, "approver_may_not_approve"),
        ({"is_rewritten": True}, "id_used_before"),
    ],
)  # fmt: skip
def test_an_entry_by_itself(changes: dict[str, Any], fault: str | None) -> None:
    verdict = judge([entry(**changes)], RULES, frozenset({"A1"}))[0]
    assert verdict.faults == ((fault,) if fault else ())


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"created_at": NOON + dt.timedelta(days=59)}, "another_stands"),
        ({"created_at": NOON + dt.timedelta(days=60)}, "silent_renewal"),
        ({"created_at": NOON + dt.timedelta(days=60), **LEAD}, None),
        ({"created_at": NOON + dt.timedelta(days=60), "author": "cy@vendor.example"}, None),
        ({"created_at": NOON + dt.timedelta(days=60), "reason_code": "data_error"}, None),
        ({"created_at": NOON + dt.timedelta(days=89)}, "silent_renewal"),
        ({"created_at": NOON + dt.timedelta(days=90)}, None),
        ({"objective_id": "retention"}, None),
        ({"account_id": "A2"}, None),
        ({"override_id": "ovr_1", "account_id": "A2"}, "id_used_before"),
    ],
)
def test_an_entry_beside_an_earlier_one(changes: dict[str, Any], fault: str | None) -> None:
    second = entry(2, **{"created_at": NOON + dt.timedelta(days=1), **changes})
    first, verdict = judge([second, entry()], RULES)
    assert first.is_valid
    assert verdict.faults == ((fault,) if fault else ())
    if fault in ("another_stands", "silent_renewal"):
        assert verdict.other_id == "ovr_1"


def test_a_withdrawn_one_is_in_the_way_until_its_withdrawal_only() -> None:
    first = entry(withdrawn_on=days(10))
    for offset, expected in ((9, ("another_stands",)), (10, ())):
        at = NOON + dt.timedelta(days=offset)
        second = entry(2, created_at=at, author="cy@vendor.example")
        assert judge([first, second], RULES)[1].faults == expected


@pytest.mark.parametrize(
    ("changes", "score", "to_renewal", "fault"),
    [
        ({"override_kind": "floor", "amount": 60.0}, 40.0, None, None),
        ({"override_kind": "floor", "amount": 60.0}, 39.9, None, "needs_director"),
        ({"override_kind": "value", "amount": 60.0, **DIRECTOR}, 10.0, None, None),
        ({"override_kind": "value", "amount": 10.0}, 90.0, None, None),
        ({"override_kind": "cap", "amount": 10.0}, 90.0, 5, None),
        ({"override_kind": "floor", "amount": 60.0}, 50.0, 121, None),
        ({"override_kind": "floor", "amount": 60.0}, 50.0, 120, "needs_second_person"),
        ({"override_kind": "floor", "amount": 60.0, **LEAD}, 50.0, 120, None),
        ({"override_kind": "floor", "amount": 60.0}, 70.0, 10, None),
        ({"amount": 5.0}, 50.0, 120, "needs_second_person"),
        ({"amount": -5.0}, 50.0, 1, None),
    ],
)  # fmt: skip
def test_a_raise_on_a_date(
    changes: dict[str, Any], score: float, to_renewal: int | None, fault: str | None
) -> None:
    found = day_faults(entry(**changes), Day(score, to_renewal), RULES)
    assert found == ([fault] if fault else [])


@pytest.mark.parametrize(
    ("kind", "amount", "score", "expected"),
    [
        ("delta", 10.0, 40.0, 50.0),
        ("delta", -60.0, 40.0, 0.0),
        ("delta", 20.0, 95.0, 100.0),
        ("cap", 45.0, 72.0, 45.0),
        ("cap", 75.0, 72.0, 72.0),
        ("floor", 55.0, 20.0, 55.0),
        ("floor", 15.0, 20.0, 20.0),
        ("value", 30.0, 60.0, 30.0),
        ("value", 30.0, None, None),
    ],
)
def test_what_an_override_does(
    kind: str, amount: float, score: float | None, expected: float | None
) -> None:
    assert overridden(score, entry(override_kind=kind, amount=amount)) == expected


@pytest.mark.parametrize(
    ("on", "status"),
    [(-1, "scheduled"), (0, "active"), (59, "active"), (60, "expired"), (61, "expired")],
)
def test_the_days_around_both_ends(on: int, status: str) -> None:
    verdict = judge([entry()], RULES)[0]
    assert RULES.status(verdict, days(on)) == status


def test_what_is_written_late_counts_late() -> None:
    late = entry(recorded_at=NOON + dt.timedelta(days=4), valid_from=days(-30))
    assert late.starts_on(RULES.clock) == days(3)


@given(st.integers(0, 10_000))
def test_never_two_at_once_on_one_score(seed: int) -> None:
    rng = random.Random(seed)
    ledger = random_ledger(rng, ["A1", "A2"], 30)
    ledger = as_withdrawn(ledger, withdrawals(rng, ledger, 0.3), RULES.clock)
    acting = [verdict.entry for verdict in judge(ledger, RULES) if verdict.is_valid]
    for first in acting:
        for second in acting:
            if first is not second and _same_score(first, second):
                assert not (
                    first.starts_on(RULES.clock) < second.ends_on
                    and second.starts_on(RULES.clock) < first.ends_on
                    and first.starts_on(RULES.clock) < first.ends_on
                    and second.starts_on(RULES.clock) < second.ends_on
                )


@given(st.integers(0, 10_000), st.integers(0, 300))
def test_a_later_word_changes_nothing_that_held_before(seed: int, back: int) -> None:
    """Who acts on a date is the same whether the ledger ends there or goes on."""
    rng = random.Random(seed)
    whole = random_ledger(rng, ["A1", "A2"], 30)
    taken_back = withdrawals(rng, whole, 0.3)
    on = days(-back)
    evening = dt.datetime.combine(on, dt.time()) + dt.timedelta(days=1)
    known = evening + RULES.clock.grace
    then = [made for made in whole if made.created_at < evening and made.recorded_at < known]
    words = [row for row in taken_back if row["withdrawn_at"] < evening]
    assert _acting(as_withdrawn(whole, taken_back, RULES.clock), on) == _acting(
        as_withdrawn(then, words, RULES.clock), on
    )


def _acting(ledger: list[Entry], on: dt.date) -> set[tuple[str, dt.datetime]]:
    return {
        (verdict.entry.override_id, verdict.entry.created_at)
        for verdict in judge(ledger, RULES)
        if verdict.is_valid and verdict.entry.starts_on(RULES.clock) <= on < verdict.entry.ends_on
    }


def _same_score(first: Entry, second: Entry) -> bool:
    return (first.account_id, first.objective_id) == (second.account_id, second.objective_id)
