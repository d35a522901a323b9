"""The generator logs the faults that it puts into raw files; quarantine holds just those."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

SYSTEMS = (
    "salesforce",
    "stripe",
    "zendesk",
    "product_events",
    "surveys",
    "marketing",
    "customer_success",
    "market",
    "decisions",
)


def test_quarantine_holds_the_logged_faults(
    connection: duckdb.DuckDBPyConnection, truth_dir: Path
) -> None:
    log = json.loads((truth_dir / "dirt_log.json").read_text())
    expected = {
        (table, reason): count
        for table, entry in log.items()
        for reason, count in entry["rejected"].items()
    }
    found = {}
    for system in SYSTEMS:
        rows = connection.execute(
            "select source_system || '.' || source_table, rejection_reason, count(*)"
            f" from staging.quarantine_{system} group by 1, 2"
        ).fetchall()
        found |= {(table, reason): count for table, reason, count in rows}
    assert found == expected


def test_accepted_rows_are_the_rest(connection: duckdb.DuckDBPyConnection, truth_dir: Path) -> None:
    log = json.loads((truth_dir / "dirt_log.json").read_text())
    for name, entry in log.items():
        system, table = name.split(".")
        accepted = connection.execute(
            f"select count(*) from staging.stg_{system}__{table}"
        ).fetchone()
        assert accepted == (entry["rows"] - sum(entry["rejected"].values()),), name
