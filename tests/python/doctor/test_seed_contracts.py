"""Every cell that the contract of a seed says must be filled is checked, and told by its row."""

import csv
import shutil
from pathlib import Path

import pytest
from support.broken_seeds import break_seed
from support.project_files import ROOT

from scripts.lib.doctor.actions import check_actions
from scripts.lib.doctor.examine import examine
from scripts.lib.doctor.seed_contracts import check_seed_contracts, read_contracts
from scripts.lib.findings import CONFIGURATION, ERROR
from scripts.lib.settings import Settings

CONTRACTS = {contract.file: contract for contract in read_contracts(ROOT)}
PLAYBOOKS = "seeds/action_model/playbooks.csv"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of all seeds and their contracts that can be broken."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


def test_the_seeds_are_sound(project: Path) -> None:
    assert check_seed_contracts(project) == []


def test_every_seed_has_a_contract() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "seeds").glob("**/*.csv")}
    assert set(CONTRACTS) == files


def test_both_kinds_of_test_say_what_is_filled() -> None:
    assert "play_name" in CONTRACTS[PLAYBOOKS].filled
    assert "urgency" in CONTRACTS["seeds/action_model/urgencies.csv"].filled
    assert "from_days" not in CONTRACTS["seeds/action_model/urgencies.csv"].filled


def test_every_required_cell_of_every_seed_is_checked(project: Path) -> None:
    expected = []
    for file, contract in CONTRACTS.items():
        with (project / file).open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            rows, columns = list(reader), reader.fieldnames or []
        first = rows[0] if rows else dict.fromkeys(columns, "x")
        with (project / file).open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerow({**first, **dict.fromkeys(contract.filled, " ")})
            writer.writerows(rows[1:])
        expected += [
            (ERROR, CONFIGURATION, file, 2, f"{name} is empty") for name in contract.filled
        ]
    assert len(expected) > len(CONTRACTS)
    assert expected == [
        (finding.severity, finding.area, finding.file, finding.row, finding.message)
        for finding in check_seed_contracts(project)
    ]


def test_the_doctor_names_file_row_and_column(project: Path) -> None:
    for name in ("dbt_project.yml", "macros", "models", "config"):
        (project / name).symlink_to(ROOT / name)
    row = break_seed(project / PLAYBOOKS, ",Save desk,", ",,")
    nowhere = project / "nowhere"
    (found,) = (
        finding
        for finding in examine(Settings(project, nowhere, nowhere, nowhere, None))
        if finding.file == PLAYBOOKS
    )
    assert (found.place, found.message) == (f"{PLAYBOOKS}:{row}", "play_name is empty")
    assert (found.severity, found.advice) == (ERROR, "Fill in play_name")


def test_what_another_check_told_is_not_told_twice(project: Path) -> None:
    break_seed(project / PLAYBOOKS, ",Nothing is past due,", ",,")
    known = check_actions(project)
    assert [finding.message for finding in known] == ["play dunning has no exit_rule"]
    assert check_seed_contracts(project, known) == []


def test_a_missing_column_or_file_is_told(project: Path) -> None:
    lost = "seeds/mappings/currencies.csv"
    break_seed(project / PLAYBOOKS, "exit_rule,", "")
    (project / lost).unlink()
    assert [(finding.file, finding.message) for finding in check_seed_contracts(project)] == [
        (PLAYBOOKS, "the column exit_rule is missing"),
        (lost, "the file is missing"),
    ]


def test_a_contract_that_cannot_be_read_is_a_finding(project: Path) -> None:
    (project / "seeds/action_model/_action_model__seeds.yml").write_text("seeds: [", "utf-8")
    (found,) = check_seed_contracts(project)
    assert "a contract cannot be read" in found.message
