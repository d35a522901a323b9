"""Broken playbooks: each fault is found, with its file and row."""

from pathlib import Path

import pytest
from support.broken_seeds import break_seed, copied_seeds

from scripts.lib.doctor.actions import FOLDER, check_actions
from scripts.lib.findings import ERROR


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the playbooks that can be broken."""
    return copied_seeds(FOLDER, tmp_path)


def test_the_playbooks_are_sound(project: Path) -> None:
    assert check_actions(project) == []


@pytest.mark.parametrize(
    ("seed", "old", "new", "message"),
    [
        ("playbooks", "act_now,finance,3,1", "act_now,,3,1", "dunning has no owner_role"),
        ("playbooks", "act_now,finance,3,1", "act_now,nobody,3,1", "unknown owner_role nobody"),
        ("playbooks", "act_now,finance,3,1", "act_now,finance,soon,1", "deadline_days soon"),
        ("playbooks", ",Nothing is past due,", ",,", "dunning has no exit_rule"),
        ("playbooks", "advocacy,positive", "advocacy,", "reference_ask has no driver_kind"),
        ("playbooks", "advocacy,positive", "advocacy,best", "has driver_kind best"),
        ("playbooks", "reference_ask,12", "other_ask,12", "other_ask has no condition"),
        ("playbook_conditions", "get_data,1,1,", "nothing,1,1,", "there is no such play"),
        ("playbook_conditions", "below,0.5,", "under,0.5,", "unknown comparison under"),
        ("playbook_conditions", "below,0.5,", "below,,", "below needs a number_value"),
        ("playbook_conditions", "active_gate,is,,G5", "active_gate,is,,", "is needs a text_value"),
        ("playbook_conditions", "dunning,2,1,", "dunning,1,1,", "stands already on row"),
        ("owner_roles", "finance,Finance", "money,Finance", "unknown owner_role finance"),
    ],
)
def test_a_fault_is_found_at_its_row(
    project: Path, seed: str, old: str, new: str, message: str
) -> None:
    row = break_seed(project / FOLDER / f"{seed}.csv", old, new)
    found = [finding for finding in check_actions(project) if message in finding.message]
    assert found, [finding.message for finding in check_actions(project)]
    assert {finding.severity for finding in found} == {ERROR}
    assert all(finding.row and finding.file.startswith(FOLDER) for finding in found)
    if seed != "owner_roles":
        assert [(finding.file, finding.row) for finding in found] == [(f"{FOLDER}/{seed}.csv", row)]
