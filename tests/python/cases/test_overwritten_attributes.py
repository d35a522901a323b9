"""What the CRM overwrites is kept from run to run: a past date keeps the owner that it had."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from support.dbt_server import DbtServer
from support.golden_company import build_written, write_company

pytestmark = pytest.mark.build

MOVED_ON = dt.date(2025, 12, 10)
Row = tuple[Any, ...]


def build(folder: Path, dbt_server: DbtServer, *arguments: str) -> list[Row]:
    """Build the spine on whatever the database holds, and return the weeks of one account."""
    selection = ("--select", "+fct_account_spine", *arguments)
    database = build_written(folder, dbt_server, *selection, "--vars", "history_periods: 6")
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select as_of_date, owner_id, segment from core.fct_account_spine"
            " where account_id = 'birch' order by as_of_date"
        ).fetchall()


def test_a_new_owner_takes_over_on_the_day_of_the_load(
    tmp_path: Path, dbt_server: DbtServer
) -> None:
    write_company(tmp_path, {})
    before = build(tmp_path, dbt_server)
    assert {row[1:] for row in before} == {("owner_unsynced", "mid_market")}

    path = tmp_path / "raw" / "salesforce" / "account.parquet"
    landed = pl.read_parquet(path)
    moved = landed.filter(pl.col("id") == "birch").with_columns(
        pl.lit("owner_synced").alias("owner_id"),
        pl.lit("Enterprise").alias("segment_c"),
        pl.lit(dt.datetime.combine(MOVED_ON, dt.time(9))).alias("_fivetran_synced"),
    )
    pl.concat([landed, moved], how="vertical_relaxed").write_parquet(path)

    def expected(row: Row) -> Row:
        moved = row[0] >= MOVED_ON
        return (row[0], *(("owner_synced", "enterprise") if moved else row[1:]))

    wanted = [expected(row) for row in before]
    assert build(tmp_path, dbt_server) == wanted
    assert build(tmp_path, dbt_server) == wanted, "a second run changes nothing"
    assert build(tmp_path, dbt_server, "--full-refresh") == wanted, "history is not rebuilt away"
