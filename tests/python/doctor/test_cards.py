"""Broken scorecards: each fault is found, with its file and row."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.project_files import ROOT

from scripts.lib.doctor.cards import check_cards
from scripts.lib.findings import ERROR, Finding

CARDS = Path("seeds/scorecards")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the model and its cards that can be broken."""
    for folder in (CARDS, Path("seeds/scoring_model")):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def lines_of(project: Path, seed: str) -> list[str]:
    return (project / CARDS / f"{seed}.csv").read_text(encoding="utf-8").splitlines()


def write(project: Path, seed: str, lines: list[str]) -> int:
    """Write a seed; return the number of its last line."""
    path = project / CARDS / f"{seed}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def add(project: Path, seed: str, *rows: str) -> int:
    return write(project, seed, [*lines_of(project, seed), *rows])


def edit(project: Path, seed: str, old: str, new: str) -> int:
    """Replace in the first line that holds `old`; return its number."""
    lines = lines_of(project, seed)
    number = next(index for index, line in enumerate(lines) if old in line)
    lines[number] = lines[number].replace(old, new, 1)
    write(project, seed, lines)
    return number + 1


def only(project: Path, text: str, seed: str, row: int | None) -> Finding:
    """The one finding that says this, at its place."""
    findings = check_cards(project)
    found = [finding for finding in findings if text in finding.message]
    assert len(found) == 1, [finding.message for finding in findings]
    assert (found[0].severity, found[0].file) == (ERROR, f"{CARDS}/{seed}.csv")
    assert found[0].row == row
    assert found[0].advice
    return found[0]


def card(name: str, *, base: str = "base", asks: str = "*,*,*,*", until: str = "") -> str:
    return f"v1,{name},Name,{base},{asks},2000-01-01,{until},Reason"


def weight(name: str, node: str, kind: str, amount: str, objective: str = "*") -> str:
    return f"v1,{name},dimension,{objective},{node},{kind},{amount},,Reason"


def test_the_cards_are_sound(project: Path) -> None:
    assert check_cards(project) == []


def test_two_cards_of_equal_rank(project: Path) -> None:
    row = add(project, "cards", card("other", asks="energy,*,*,*"))
    finding = only(project, "has the rank of card energy", "cards", row)
    assert "(row 8)" in finding.message


def test_cards_that_follow_one_another_are_no_rivals(project: Path) -> None:
    edit(project, "cards", "Energy,base,energy,*,*,*,2000-01-01,",
         "Energy,base,energy,*,*,*,2000-01-01,2024-01-01")  # fmt: skip
    add(project, "cards", card("energy_2024", asks="energy,*,*,*").replace("2000-01", "2024-01"))
    assert check_cards(project) == []


def test_ranks_that_are_equal_by_their_sum(project: Path) -> None:
    edit(project, "card_criteria", "v1,lifecycle_stage,2", "v1,lifecycle_stage,4")
    messages = [finding.message for finding in check_cards(project)]
    assert any("has the rank of card onboarding" in message for message in messages)


def test_a_card_that_sums_to_more_than_one(project: Path) -> None:
    dimensions = {"usage": "0.31", "support": "0.15", "billing": "0.12", "commercial": "0.08",
                  "expansion": "0", "sentiment": "0.12", "relationship": "0.16",
                  "marketing": "0.03", "market": "0.04"}  # fmt: skip
    add(project, "cards", card("large", asks="*,*,enterprise,*"))
    first = len(lines_of(project, "card_weights")) + 1
    for name, size in dimensions.items():
        add(project, "card_weights", weight("large", name, "weight", size, "retention"))
    only(project, "card large in retention sum to 1.01 and not to 1", "card_weights", first)


def test_a_card_that_leaves_nothing(project: Path) -> None:
    add(project, "cards", card("large", asks="*,*,enterprise,*"))
    first = add(project, "card_weights", weight("large", "usage", "weight", "0.7", "growth"))
    add(project, "card_weights", weight("large", "market", "weight", "0.7", "growth"))
    only(project, "card large in growth leave nothing for the others", "card_weights", first)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (weight("nobody", "usage", "multiplier", "1"), "there is no card nobody"),
        (weight("energy", "vibes", "multiplier", "1"), "the unknown dimension vibes"),
        (weight("energy", "usage", "guess", "1"), "the unknown kind guess"),
        (weight("energy", "usage", "weight", "1.2"), "is 1.2"),
        (weight("energy", "usage", "multiplier", "-1"), "is -1"),
        (weight("energy", "usage", "multiplier", "1", "joy"), "names the objective joy"),
        (weight("energy", "usage", "estimate", "0.3"), "rests on no outcomes"),
        ("v1,energy,metric,growth,U01,multiplier,1,,Reason", "names the objective growth"),
    ],
)
def test_a_wrong_statement(project: Path, row: str, message: str) -> None:
    only(project, message, "card_weights", add(project, "card_weights", row))


def test_two_base_cards(project: Path) -> None:
    row = add(project, "cards", card("second", base="", asks="*,*,smb,*"))
    only(project, "has 2 base cards", "cards", row)


def test_a_base_card_that_leaves_accounts_out(project: Path) -> None:
    row = edit(project, "cards", "v1,base,Every account,,*", "v1,base,Every account,,retail")
    only(project, "does not fit every account", "cards", row)


def test_a_card_of_an_unknown_base(project: Path) -> None:
    row = add(project, "cards", card("lost", base="nowhere", asks="*,*,smb,*"))
    only(project, "inherits from the unknown card nowhere", "cards", row)


def test_cards_in_a_circle(project: Path) -> None:
    add(project, "cards", card("one", base="two", asks="*,*,smb,*"))
    add(project, "cards", card("two", base="one", asks="*,*,enterprise,*"))
    messages = [finding.message for finding in check_cards(project)]
    assert sum("does not reach the base card" in message for message in messages) == 2


def test_a_criterion_that_no_account_has(project: Path) -> None:
    row = add(project, "card_criteria", "v1,shoe_size,8,Size")
    only(project, "cannot ask for shoe_size", "card_criteria", row)


def test_thresholds_without_a_typical_account(project: Path) -> None:
    row = add(project, "card_knots", "v1,energy,U01,1,0,0", "v1,energy,U01,2,1,100") - 1
    only(project, "no typical account", "card_knots", row)


def test_thresholds_that_do_not_increase(project: Path) -> None:
    row = edit(project, "card_knots", "v1,healthcare,B01,3,30", "v1,healthcare,B01,3,15")
    only(project, "do not increase", "card_knots", row)


def test_a_typical_account_without_thresholds(project: Path) -> None:
    row = add(project, "card_priors", "v1,energy,U01,50,20")
    only(project, "and no thresholds", "card_priors", row)
