"""The warehouse and the command judge one ledger the same way: random entries, all rules."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pytest
from support.building import World
from support.dbt_server import DbtServer
from support.ledgers import as_withdrawn, random_ledger, rules, withdrawals, write_ledger

from scripts.lib.overrides.rules import Day, day_faults, judge

pytestmark = pytest.mark.build

ENTRIES = 600
SELECT = (
    "path:models/staging/decisions", "quarantine_decisions", "path:models/intermediate/decisions",
    "path:models/core/decisions", "path:models/scoring/overrides",
)  # fmt: skip


def test_random_ledgers_are_judged_alike(
    world: World, dbt_server: DbtServer, tmp_path: Path
) -> None:
    rng = random.Random(20)
    with duckdb.connect(str(world.database), read_only=True) as connection:
        accounts = [
            row[0]
            for row in connection.execute(
                "select account_id from core.dim_accounts order by account_id limit 60"
            ).fetchall()
        ]
        known = frozenset(
            row[0]
            for row in connection.execute("select account_id from core.dim_accounts").fetchall()
        )
    ledger = random_ledger(rng, accounts, ENTRIES)
    taken_back = withdrawals(rng, ledger, 0.25)
    raw_dir, database = tmp_path / "raw", tmp_path / "health.duckdb"
    shutil.copytree(world.raw_dir, raw_dir, ignore=shutil.ignore_patterns("decisions"))
    write_ledger(raw_dir, ledger, taken_back)
    shutil.copy(world.database, database)
    dbt_server.build(raw_dir, world.derived_dir, database, "--select", *SELECT)

    rulebook = rules()
    expected = {}
    sound = {}
    for verdict in judge(as_withdrawn(ledger, taken_back, rulebook.clock), rulebook, known):
        key = (verdict.entry.override_id, verdict.entry.created_at.isoformat())
        expected[key] = (verdict.is_valid, *(verdict.faults[:1] or (None,)), len(verdict.faults))
        if verdict.is_valid:
            sound[key] = verdict.entry
    with duckdb.connect(str(database), read_only=True) as connection:
        found = {
            (row[0], row[1].isoformat()): (
                row[2],
                None if row[2] else row[3],
                row[4],
            )
            for row in connection.execute(
                "select overrides.override_id, staged.created_at, is_valid, fault_id, fault_count"
                " from scoring.fct_override_verdicts as verdicts"
                " inner join core.fct_overrides as overrides using (override_id, entry_number)"
                " inner join staging.stg_decisions__overrides as staged"
                " on staged.override_id = overrides.override_id"
                " and staged.recorded_at = overrides.recorded_at"
                " and staged.account_id = overrides.account_id"
            ).fetchall()
        }
        assert len(expected) > ENTRIES * 0.95
        assert found == expected
        days = connection.execute(
            "select overrides.override_id, created_at, days.as_of_date, days.fault_id,"
            " scores.gated_score, date_diff('day', days.as_of_date, spine.renewal_on)"
            " from scoring.int_scoring_overrides__days as days"
            " inner join core.fct_overrides as overrides using (ledger_number)"
            " inner join staging.stg_decisions__overrides as staged"
            " on staged.override_id = overrides.override_id"
            " and staged.recorded_at = overrides.recorded_at"
            " and staged.account_id = overrides.account_id"
            " inner join core.fct_account_spine as spine"
            " on spine.account_id = days.account_id and spine.as_of_date = days.as_of_date"
            " left join scoring.fct_account_health_scores as scores"
            " on scores.account_id = days.account_id and scores.as_of_date = days.as_of_date"
            " and scores.objective_id = days.objective_id"
        ).fetchall()
    assert len(days) > 100
    held_back = 0
    for override_id, created_at, on, fault, score, to_renewal in days:
        made = sound[(override_id, created_at.isoformat())]
        assert made.starts_on(rulebook.clock) <= on < made.ends_on
        assert ([fault] if fault else []) == day_faults(made, Day(score, to_renewal), rulebook)
        held_back += fault is not None
    assert held_back > 0
