"""Every bad input has the outcome that is declared for it; none is silently wrong."""

from __future__ import annotations

from collections import Counter

import pytest
from support.batteries import count
from support.gate_faults import BACKFILL, BLOCK, CASES, HARMLESS, STAGING, WARN, Case
from support.gate_world import GateWorld, blocked, found, source

from scripts.lib.gate.config import RULES

pytestmark = pytest.mark.battery

# Rules whose cases need more than a changed file; test_gate.py and test_bits.py hold them.
ELSEWHERE = {"bit_rot", "changed_while_read", "accepted_copy", "freshness"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_outcome(world: GateWorld, case: Case) -> None:
    case.fault(world)
    result = world.run()
    decision = source(result, case.system).decision
    actions = {row.action for row in found(result, case.rule)}
    told = [f"{row.action} {row.rule_id} {row.message}" for row in result.findings]
    if case.outcome == BLOCK:
        assert BLOCK in actions, told
        assert decision == "carried"
        assert blocked(result) == {case.system}, told
        assert result.late_systems == (case.system,)
    else:
        assert blocked(result) == set(), told
        assert decision == "accepted"
    if case.outcome in (WARN, BACKFILL):
        assert case.outcome in actions, told
    if case.outcome == STAGING:
        counted = [
            check.bad
            for profile in result.profiles
            for key, check in profile.checks.items()
            if key.startswith(f"{case.rule}|")
        ]
        assert sum(counted) > 0
    if case.outcome == HARMLESS:
        rules = {row.rule_id for row in result.findings if row not in world_findings(result)}
        assert rules <= {"type_changed", "changed_rows"}, told


def world_findings(result: object) -> list[object]:
    """What the dirt of the sample itself gives."""
    dirt = {"orphan", "out_of_range", "empty", "not_finite", "future_event", "event_after_load"}
    return [row for row in result.findings if row.rule_id in dirt and row.action == WARN]  # type: ignore[attr-defined]


def test_the_battery_is_large_and_names_are_unique() -> None:
    assert len(CASES) >= 46 + 20
    outcomes = Counter(case.outcome for case in CASES)
    told = ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())
    count("bad inputs with a declared outcome", len(CASES), 66, f"{told}; none silently wrong")
    assert len({case.name for case in CASES}) == len(CASES)


def test_every_rule_has_an_input_that_it_finds() -> None:
    exercised = {case.rule for case in CASES if case.outcome != STAGING}
    assert set(RULES) - exercised == ELSEWHERE
