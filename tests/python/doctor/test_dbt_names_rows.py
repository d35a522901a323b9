"""`dbt build` by hand says of broken seeds and ledgers what is wrong, in which file and row."""

from __future__ import annotations

import shutil

import pytest
from support.project_files import ROOT
from support.small_project import Answer, SmallProject

MODELS = (
    "models/metrics/cards/int_metrics_cards__lineages.sql",
    "models/scoring/weights/int_scoring__base_weights.sql",
    "models/scoring/weights/int_scoring__card_statements.sql",
    "models/scoring/weights/int_scoring__card_weights.sql",
)
TESTS = (
    "tests/singular/scoring/weights_sum_to_one.sql",
    "tests/singular/scoring/card_weights_sum_to_one.sql",
    "tests/singular/scoring/no_two_cards_of_equal_rank.sql",
    "tests/singular/scoring/every_play_has_an_owner.sql",
    "tests/singular/staging/override_ledger_is_complete.sql",
    "tests/singular/monitoring/crm_hierarchy_has_no_faults.sql",
)
TYPES = """
seeds:
  - name: cards
    config: {column_types: {valid_from: date, valid_to: date}}
  - name: metric_weights
    config: {column_types: {valid_from: date, valid_to: date}}
"""
LEDGER = """
    select 'decisions' as source_system, 'overrides' as source_table, '{key}' as row_key,
    '{reason}' as rejection_reason
"""
HIERARCHY = """
    select 'A1' as account_id, 'A2' as declared_parent_account_id, 'parent_cycle' as fault,
    {current} as is_current
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, ...]:
    """What dbt says of sound rows, of broken ones, and of a base card that is broken."""
    small = SmallProject(tmp_path_factory.mktemp("broken_rows"))
    for name in ("scorecards", "scoring_model", "action_model"):
        shutil.copytree(
            ROOT / "seeds" / name,
            small.project / "seeds" / name,
            ignore=shutil.ignore_patterns("*.yml"),
        )
    small.write("seeds/scorecards/types.yml", TYPES)
    for name in (*MODELS, *TESTS):
        small.write(name, (ROOT / name).read_text(encoding="utf-8"))
    write_inputs(small, LEDGER.format(key="o1", reason="duplicate_or_superseded"), "false")
    sound = small.dbt(["build"])[0]
    break_seed(small, "scorecards/card_weights", "X03,weight,0.5,", "X03,weight,0.51,")
    break_seed(small, "action_model/playbooks", "Adoption plan,act_now,success", "Plan,act_now,")
    cards = small.project / "seeds/scorecards/cards.csv"
    rival = next(row for row in cards.read_text().splitlines() if row.startswith("v1,financial"))
    cards.write_text(cards.read_text() + rival.replace("v1,financial_services", "v1,rival") + "\n")
    write_inputs(small, LEDGER.format(key="o1", reason="reason_code_missing"), "true")
    broken = small.dbt(["build"])[0]
    break_seed(small, "scoring_model/metric_weights", "market,X01,0.4,", "market,X01,0.41,")
    return sound, broken, small.dbt(["build", "--select", "metric_weights", "objective_weights"])[0]


def write_inputs(small: SmallProject, ledger: str, is_current: str) -> None:
    small.write("models/quarantine_decisions.sql", ledger)
    small.write("models/mon_hierarchy_faults.sql", HIERARCHY.format(current=is_current))


def break_seed(small: SmallProject, seed: str, old: str, new: str) -> None:
    path = small.project / f"seeds/{seed}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_is_said_of_sound_rows(answers: tuple[Answer, ...]) -> None:
    sound = answers[0]
    assert sound.success, sound.output
    assert "row " not in sound.output


@pytest.mark.parametrize(
    ("test", "file", "words"),
    [
        ("card_weights_sum_to_one", "seeds/scorecards/card_weights.csv, rows 8 to 10",
         "the weights of card financial_services in market sum to 1.01"),
        ("no_two_cards_of_equal_rank", "seeds/scorecards/cards.csv, row 10",
         "card rival has the rank of card financial_services (row 4)"),
        ("every_play_has_an_owner", "seeds/action_model/playbooks.csv, row 8",
         "play adoption_plan has no owner_role"),
        ("override_ledger_is_complete", "decisions.overrides, row o1", "reason_code_missing"),
        ("crm_hierarchy_has_no_faults", "salesforce.account, row A1", "parent_cycle under A2"),
    ],
)  # fmt: skip
def test_a_broken_row_is_told(
    answers: tuple[Answer, ...], test: str, file: str, words: str
) -> None:
    broken = answers[1]
    assert not broken.success
    assert broken.statuses[test] == ("warn" if test == "crm_hierarchy_has_no_faults" else "fail")
    assert f"{test}: {file}: {words}" in broken.output


def test_a_base_card_that_is_broken_is_told(answers: tuple[Answer, ...]) -> None:
    assert (
        "weights_sum_to_one: seeds/scoring_model/metric_weights.csv, rows 44 to 46:"
        " the weights of market in v1 sum to 1.01" in answers[2].output
    )
