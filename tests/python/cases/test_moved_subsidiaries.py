"""The CRM overwrites a parent: past dates keep the one that was seen, and say what was not seen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from support.dbt_server import DbtServer
from support.golden_company import AS_OF, write_company

pytestmark = pytest.mark.build

FIRST_LOAD = dt.date(2025, 12, 1)
MOVED_ON = dt.date(2025, 12, 10)
Row = tuple[Any, ...]


def build(folder: Path, dbt_server: DbtServer) -> list[Row]:
    """Build the hierarchy on whatever the database holds, and return the weeks of one account."""
    database = folder / "health.duckdb"
    dbt_server.build(
        folder / "raw",
        folder / "derived",
        database,
        *("--select", "+bridge_account_ancestors"),
        *("--vars", "history_periods: 6"),
        HEALTH_AS_OF_DATE=str(AS_OF),
    )
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select as_of_date, parent_account_id, is_reconstructed from core.fct_account_parents"
            " where account_id = 'birch' order by as_of_date"
        ).fetchall()


def land(path: Path, account: str, parent: str, loaded: dt.date) -> None:
    """One more version of an account, with another parent."""
    landed = pl.read_parquet(path)
    if "parent_id" not in landed.columns:
        landed = landed.with_columns(pl.lit(None, pl.String).alias("parent_id"))
    version = landed.filter(pl.col("id") == account).with_columns(
        pl.lit(parent).alias("parent_id"),
        pl.lit(dt.datetime.combine(loaded, dt.time(9))).alias("_fivetran_synced"),
    )
    pl.concat([landed, version], how="vertical_relaxed").write_parquet(path)


def test_a_subsidiary_moves_on_the_day_of_the_load(tmp_path: Path, dbt_server: DbtServer) -> None:
    write_company(tmp_path, {})
    path = tmp_path / "raw" / "salesforce" / "account.parquet"
    land(path, "birch", "aurora", FIRST_LOAD)
    before = build(tmp_path, dbt_server)
    assert len(before) > 3
    assert {row[1] for row in before} == {"aurora"}
    assert [row[2] for row in before] == [row[0] < FIRST_LOAD for row in before]
    assert len({row[2] for row in before}) == 2

    land(path, "birch", "cedar", MOVED_ON)
    wanted = [(day, "cedar" if day >= MOVED_ON else parent, seen) for day, parent, seen in before]
    assert build(tmp_path, dbt_server) == wanted
    assert build(tmp_path, dbt_server) == wanted, "a second run changes nothing"
