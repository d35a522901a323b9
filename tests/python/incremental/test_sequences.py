"""Days that are built one upon the other equal one build of everything, whatever was loaded.

`HEALTH_SEQUENCES=7,31` runs these sequences alone, and compares after every load of them.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from support.batteries import count, share
from support.dbt_server import DbtServer
from support.equality import differences
from support.sequence_builds import carried_build, faults_of, written_sequence

from scripts.lib.sample.config import WorldConfig

pytestmark = pytest.mark.battery

TARGET = 50
CHOSEN = os.environ.get("HEALTH_SEQUENCES")
SEEDS = [int(seed) for seed in CHOSEN.split(",")] if CHOSEN else range(share(TARGET, 1))
# What a build may get wrong: one value, or one row, in one of all its relations.
TAMPERED = (
    "update scoring.fct_account_health_scores set coverage = coverage + 2e-9"
    " where (account_id, as_of_date, objective_id) = (select (account_id, as_of_date, objective_id)"
    " from scoring.fct_account_health_scores order by all limit 1)",
    "update core.dim_accounts set account_name = account_name || ' '"
    " where account_id = (select min(account_id) from core.dim_accounts)",
    "delete from core.dim_contacts"
    " where contact_id = (select max(contact_id) from core.dim_contacts)",
    "insert into monitoring.mon_rejected_rows from monitoring.mon_rejected_rows limit 1",
)


@dataclass(frozen=True)
class Compared:
    """The faults of all sequences, and the database of the last one."""

    faults: list[str]
    database: Path


@pytest.fixture(scope="module")
def compared(
    sampled_raw: Path,
    sampled_world: WorldConfig,
    dbt_server: DbtServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Compared:
    """Run every sequence; the first that fails ends the battery, as the rest may take hours."""
    folder = tmp_path_factory.mktemp("sequences")
    builder = carried_build(dbt_server)
    for seed in SEEDS:
        shutil.rmtree(folder)
        sequence = written_sequence(sampled_raw, sampled_world.end, folder, seed)
        faults = faults_of(sequence, builder, dbt_server, folder, every_load=bool(CHOSEN))
        if faults:
            return Compared(faults, folder / "carried" / "health.duckdb")
    return Compared([], folder / "carried" / "health.duckdb")


def test_days_upon_days_equal_one_build(compared: Compared) -> None:
    assert not compared.faults, "\n".join(compared.faults)
    if not CHOSEN:
        count(
            "random sequence of loads, with late, duplicate, corrected and deleted rows",
            len(SEEDS),
            TARGET,
            "the days built one upon the other equal one build of everything",
        )


def test_the_comparison_finds_each_fault(compared: Compared, tmp_path: Path) -> None:
    database = tmp_path / compared.database.name
    duckdb.connect(str(compared.database)).close()  # what lies in its log comes into the file
    shutil.copy(compared.database, database)
    with duckdb.connect(str(database)) as connection:
        for statement in TAMPERED:
            connection.execute(statement)
    found = {one.relation: one for one in differences(database, compared.database)}
    assert found["scoring.fct_account_health_scores"].columns == {"coverage": 1}
    assert found["core.dim_accounts"].columns == {"account_name": 1}
    assert found["core.dim_contacts"].only_second == 1
    assert found["monitoring.mon_rejected_rows"].only_first == 1
    assert sum(one.only_first + one.only_second for one in found.values()) == 2
