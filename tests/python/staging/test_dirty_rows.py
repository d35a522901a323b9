"""Random dirty rows among clean ones: each raw row is accepted or set aside with its reason."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from support.batteries import count, share
from support.building import World
from support.dirty_rows import ACCEPTED, TAG, DirtyTable
from support.dirty_world import make_dirty_world
from support.staged import Staged

from scripts.lib.privacy.key import keyed_hash

pytestmark = pytest.mark.battery

ROWS = share(10_000, 500)
SEED = int(os.environ.get("HEALTH_TEST_SEED", "2025"))
OUTCOME = "raw = accepted + rejected in every table, each row with the fate the contract gives it"
FAMILIES = ("DOUBLE", "FLOAT")
MOMENTS = ("TIMESTAMP", "DATE")


@dataclass(frozen=True)
class Soiled:
    """What was landed and the staging layer of it."""

    tables: list[DirtyTable]
    staged: Staged
    hashes: dict[str, str]

    def quarantine(self, table: DirtyTable) -> list[dict[str, object]]:
        return self.staged.rows(
            f"select * from staging.quarantine_{table.table.system}"
            f" where source_table = '{table.table.table}'"
        )


def content(row: dict[str, object]) -> dict[str, object]:
    found = json.loads(str(row["row_content"]))
    assert isinstance(found, dict)
    return found


def check_raw_rows_are_the_accepted_and_the_rejected(soiled: Soiled) -> None:
    wrong = {}
    for table in soiled.tables:
        name = f"{table.table.system}__{table.table.table}"
        accepted = soiled.staged.row(f"select count(*) as rows from staging.stg_{name}")["rows"]
        rejected = len(soiled.quarantine(table))
        if len(table.rows) != int(str(accepted)) + rejected:
            wrong[name] = (len(table.rows), accepted, rejected)
    assert not wrong, f"seed {SEED}"


def check_each_row_has_the_fate_that_the_contract_gives_it(soiled: Soiled) -> None:
    wrong: dict[str, object] = {}
    for table in soiled.tables:
        found = Counter(
            (soiled.hashes[str(content(row)[TAG])], str(row["rejection_reason"]))
            for row in soiled.quarantine(table)
        )
        expected = table.expected()
        assert all(expected[row.tag, ACCEPTED] == 1 for row in table.clean), table.table.name
        rejected = Counter({fate: n for fate, n in expected.items() if fate[1] != ACCEPTED})
        if found != rejected:
            wrong[table.table.name] = explained(table, rejected - found, found - rejected)
    assert not wrong, f"seed {SEED}: {json.dumps(wrong, indent=1, default=str)[:6000]}"


def explained(
    table: DirtyTable, missing: Counter[tuple[str, str]], surplus: Counter[tuple[str, str]]
) -> list[object]:
    """The rows of a table whose fate was another one, with what was landed."""
    raw = {row.tag: row.raw for row in table.rows}
    return [
        (side, tag, reason, {name: str(value)[:40] for name, value in raw[tag].items()})
        for side, found in (("expected", missing), ("found", surplus))
        for tag, reason in list(found)[:3]
    ]


def check_rejected_rows_keep_their_content(soiled: Soiled) -> None:
    key = os.environ["HEALTH_PII_KEY"].encode()
    for table in soiled.tables:
        raw = {row.tag: row.raw for row in table.rows}
        for row in soiled.quarantine(table):
            kept = content(row)
            landed = raw[soiled.hashes[str(kept[TAG])]]
            for column in table.columns:
                value = landed[column.name]
                if column.rules.get("pii") and isinstance(value, str):
                    value = keyed_hash(key, value)
                if column.rules.get("pii") and not isinstance(value, str | None):
                    continue
                assert same(kept[column.name], value), (SEED, table.table.name, column.name)


def same(kept: object, value: object) -> bool:
    """Whether JSON text holds the value."""
    if isinstance(value, (float, Decimal)) and isinstance(kept, (int, float)):
        return kept == float(value) or (math.isnan(kept) and math.isnan(value))
    if isinstance(value, (datetime, date)):
        return type(value).fromisoformat(str(kept)) == value
    return kept == value


def check_clean_rows_are_accepted_unchanged(
    soiled: Soiled, connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    accepted = str(tmp_path / "accepted.parquet")
    for table in soiled.tables:
        # Two databases of one name cannot be attached: a view would read the other one's tables.
        name = f"staging.stg_{table.table.system}__{table.table.table}"
        with duckdb.connect(str(soiled.staged.database), read_only=True) as staged:
            staged.execute(f"copy (from {name}) to '{accepted}' (format parquet)")
        found = connection.execute(
            f"select count(*) from (from '{accepted}' intersect from {name})"
        ).fetchone()
        assert found == (len(table.clean),), (SEED, name)


def check_accepted_numbers_are_finite(soiled: Soiled) -> None:
    with duckdb.connect(str(soiled.staged.database), read_only=True) as connection:
        for table in soiled.tables:
            name = f"staging.stg_{table.table.system}__{table.table.table}"
            for column, data_type, *_ in connection.execute(f"describe {name}").fetchall():
                if not data_type.startswith((*FAMILIES, *MOMENTS)):
                    continue
                found = connection.execute(
                    f"select count(*) from {name} where not isfinite({column})"
                ).fetchone()
                assert found == (0,), (SEED, name, column)


def test_dirty_rows_are_set_aside_and_clean_rows_stand(
    stage: Callable[..., Staged],
    world: World,
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
) -> None:
    raw = tmp_path / "raw"
    tables = make_dirty_world(world, raw, SEED, ROWS)
    assert sum(len(table.dirty) for table in tables) == ROWS
    # A ledger with dirty rows fails a build by a test of its own, as it should.
    staged = stage(raw, "staging", "--exclude", "override_ledger_is_complete")
    assert staged.exit_code == 0, f"seed {SEED}: {staged.output}"
    key = os.environ["HEALTH_PII_KEY"].encode()
    tags = {row.tag for table in tables for row in table.rows}
    soiled = Soiled(tables, staged, {keyed_hash(key, tag): tag for tag in tags})
    check_raw_rows_are_the_accepted_and_the_rejected(soiled)
    check_each_row_has_the_fate_that_the_contract_gives_it(soiled)
    check_rejected_rows_keep_their_content(soiled)
    check_clean_rows_are_accepted_unchanged(soiled, connection, tmp_path)
    check_accepted_numbers_are_finite(soiled)
    count("random dirty rows", ROWS, 10_000, OUTCOME)
