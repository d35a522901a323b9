"""Days that are built one upon the other equal one build of everything, whatever was loaded.

`HEALTH_SEQUENCES=7,31` runs these sequences alone.
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
from support.sequence_builds import faults_of, full_build, written_sequence

from scripts.lib.sample.config import WorldConfig

pytestmark = pytest.mark.battery

TARGET = 50
CHOSEN = os.environ.get("HEALTH_SEQUENCES")
SEEDS = [int(seed) for seed in CHOSEN.split(",")] if CHOSEN else range(share(TARGET, 1))
SCORES = "scoring.fct_account_health_scores"
# What a build may get wrong, and what the comparison says of it.
TAMPERED = {
    "a changed number": (
        f"update {SCORES} set coverage = coverage + 2e-9"
        f" where account_id = (select min(account_id) from {SCORES} where coverage is not null)",
        lambda found: found.columns.keys() == {"coverage"},
    ),
    "a changed text": (
        f"update {SCORES} set score_version = 'x' where as_of_date = (select max(as_of_date)"
        f" from {SCORES})",
        lambda found: found.columns.keys() == {"score_version"},
    ),
    "a missing row": (
        f"delete from {SCORES} where account_id = (select max(account_id) from {SCORES})",
        lambda found: found.only_second > 0 and not found.only_first,
    ),
    "an extra row": (
        f"insert into {SCORES} by name (select * replace ('new' as account_id) from {SCORES}"
        " limit 1)",
        lambda found: found.only_first == 1 and not found.only_second,
    ),
}


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
    builder = full_build(dbt_server)
    for seed in SEEDS:
        shutil.rmtree(folder)
        sequence = written_sequence(sampled_raw, sampled_world.end, folder, seed)
        faults = faults_of(sequence, builder, dbt_server, folder)
        if faults:
            return Compared(faults, folder / "carried" / "health.duckdb")
    return Compared([], folder / "carried" / "health.duckdb")


def test_days_upon_days_equal_one_build(compared: Compared) -> None:
    assert not compared.faults, "\n".join(compared.faults)
    count(
        "random sequence of loads, with late, duplicate, corrected and deleted rows",
        len(SEEDS),
        TARGET,
        "the days built one upon the other equal one build of everything",
    )


@pytest.mark.parametrize("what", TAMPERED)
def test_the_comparison_finds(compared: Compared, tmp_path: Path, what: str) -> None:
    """Of one value, or one row, in one of all relations of a real build."""
    statement, is_found = TAMPERED[what]
    database = tmp_path / compared.database.name
    shutil.copy(compared.database, database)
    with duckdb.connect(str(database)) as connection:
        connection.execute(statement)
    found = {one.relation: one for one in differences(database, compared.database)}
    assert is_found(found[SCORES])
