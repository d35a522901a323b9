"""A company with nothing but a support desk fills the core contract and is scored honestly."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from scripts.lib.dbt_runner import DBT

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "support_desk"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The example, built beside the project from the log that it ships."""
    folder = tmp_path_factory.mktemp("example") / "support_desk"
    kept_out = shutil.ignore_patterns("dbt_packages", "target", "logs", "*.duckdb", "*.lock")
    shutil.copytree(EXAMPLE, folder, ignore=kept_out)
    (folder / "packages.yml").write_text(f"packages:\n  - local: {ROOT}\n", encoding="utf-8")
    database = folder / "data" / "health.duckdb"
    environment = {**os.environ, "HEALTH_DB": str(database), "HEALTH_RAW_DIR": str(folder / "raw")}
    for arguments in (["deps"], ["build", "--exclude-resource-type", "unit_test", "test"]):
        done = subprocess.run(
            [*DBT, "--quiet", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return duckdb.connect(str(database), read_only=True)


def test_every_location_is_an_account(desk: duckdb.DuckDBPyConnection) -> None:
    names = desk.execute("select account_name from core.dim_accounts order by 1").fetchall()
    assert names == [("Harbour office",), ("Hill warehouse",)]


def test_only_the_desk_is_observed(desk: duckdb.DuckDBPyConnection) -> None:
    observed = desk.execute(
        """
        select distinct metric_id from metrics.fct_account_metric_scores
        where as_of_date = date '2016-05-13' and quality > 0 order by 1
        """
    ).fetchall()
    assert {metric for (metric,) in observed} <= {"S04", "S05", "S06"}
    assert ("S04",) in observed


def test_nothing_is_published_on_so_little(desk: duckdb.DuckDBPyConnection) -> None:
    rows = desk.execute(
        """
        select distinct band, health_score is null, low_score < high_score
        from scoring.fct_account_health_scores where is_current
        """
    ).fetchall()
    assert rows == [("insufficient_data", True, True)]


def test_the_log_is_read_as_it_was_known(desk: duckdb.DuckDBPyConnection) -> None:
    """INC003 is solved in the back-filled column, but on 13 May it still waits for the customer."""
    spans = desk.execute(
        """
        select ticket_status, starts_on, is_reopened from core.fct_ticket_spans
        where known_on <= date '2016-05-13' order by ticket_id, starts_at
        """
    ).fetchall()
    statuses = [status for status, _, _ in spans]
    assert statuses == [
        *("open", "solved", "open", "solved"),
        *("open", "open"),
        *("open", "waiting_on_customer"),
    ]
    assert [is_reopened for _, _, is_reopened in spans].count(True) == 1
    escalations = desk.execute("select severity from core.fct_escalations").fetchall()
    assert escalations == [(1,)]
