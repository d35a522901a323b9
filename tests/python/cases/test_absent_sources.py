"""Sources may be absent: the build runs and says so, and no account looks better for it."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from support.building import World
from support.dbt_server import DbtServer

pytestmark = pytest.mark.build

TOLERANCE = 1e-6
# In the first build half of the systems are gone; in the second all that may be: every table but
# the accounts and one signal.
ABSENT = {
    "without money and market": ("stripe", "marketing", "market"),
    "accounts and money alone": (
        "zendesk",
        "surveys",
        "product_events",
        "customer_success",
        "marketing",
        "market",
        "decisions",
    ),
}
# Metrics that rest on a system alone; the others may still find something elsewhere.
RESTS_ON = {
    "stripe": ("B01", "B02", "B03", "B05", "C01", "C02", "C03", "C04"),
    "surveys": ("N01", "N05"),
    "marketing": ("M01", "M02", "M03"),
    "market": ("X02", "X03"),
    "zendesk": ("S01", "S02", "S03", "S04", "S05", "S06", "N02", "N03"),
    "product_events": ("U01", "U02", "U03", "U04", "U05", "U06", "U07", "U08", "U09", "E01"),
    "customer_success": ("N04", "R01", "R02", "R04", "R06"),
    "salesforce": ("R03", "R05", "E04"),
}


@pytest.mark.parametrize("name", ABSENT)
def test_sources_may_be_absent(
    world: World, dbt_server: DbtServer, tmp_path: Path, name: str
) -> None:
    systems = ABSENT[name]
    raw_dir, derived_dir = tmp_path / "raw", tmp_path / "derived"
    shutil.copytree(world.raw_dir, raw_dir, ignore=shutil.ignore_patterns(*systems))
    derived_dir.mkdir()
    if "zendesk" in systems:
        systems += ("salesforce",)
        assert (raw_dir / "stripe").is_dir()
        for path in (raw_dir / "salesforce").glob("*.parquet"):
            if path.stem != "account":
                path.unlink()
    database = tmp_path / "health.duckdb"
    dbt_server.build(raw_dir, derived_dir, database, "--vars", "history_periods: 1")
    metrics = [metric for system in systems for metric in RESTS_ON.get(system, ())]
    with duckdb.connect() as connection:
        for side, place in (("whole", world.database), ("partial", database)):
            connection.execute(f"attach '{place}' as health (read_only)")
            connection.execute(f"create schema {side}")
            for table in ("metrics.fct_account_metric_scores", "core.fct_account_spine",
                          "scoring.fct_account_dimension_scores",
                          "scoring.fct_account_health_scores"):  # fmt: skip
                connection.execute(
                    f"create table {side}.{table.split('.')[1]} as select * from health.{table}"
                    " where as_of_date"
                    " = (select max(as_of_date) from health.core.fct_account_spine)"
                )
            connection.execute("detach health")
        statuses = connection.execute(
            "select distinct metric_id, input_status from partial.fct_account_metric_scores"
            " where list_contains(?, metric_id)"
            " and (input_status not in ('never_observed', 'not_applicable') or quality > 0)",
            [metrics],
        ).fetchall()
        assert not statuses, "a metric without its source has found something"
        assert_nothing_rose(
            connection, "fct_account_dimension_scores", "dimension_id", "worst_score"
        )
        assert_nothing_rose(connection, "fct_account_health_scores", "objective_id", "low_score")


def assert_nothing_rose(
    connection: duckdb.DuckDBPyConnection, table: str, key: str, bound: str
) -> None:
    """Ignorance never makes an account look better at its worst."""
    rows = connection.execute(
        f"select account_id, {key}, whole.{table}.{bound}, partial.{table}.{bound}"
        f" from whole.{table} inner join partial.{table} using (account_id, {key})"
        f" where partial.{table}.{bound} > whole.{table}.{bound} + {TOLERANCE}"
    ).fetchall()
    assert not rows, f"{len(rows)} of {bound} rose: {rows[:10]}"
