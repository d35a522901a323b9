"""What a version tells of itself: the runs behind it, and every score that was ever published.

The tables live in the published file and are carried from version to version. Runs are read from
the journal, so a run that published nothing is told of by the next one that does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.refresh.publishing import Relation
from scripts.lib.refresh.run import Run, stamp

SCHEMA = "ops"
DETAIL_RUNS = 90

COLUMNS: dict[str, dict[str, str]] = {
    "ops_runs": {
        "run_id": "varchar",
        "status": "varchar",
        "exit_code": "integer",
        "as_of_date": "date",
        "started_at": "timestamp",
        "ended_at": "timestamp",
        "step": "varchar",
        "is_full_refresh": "boolean",
        "is_carried": "boolean",
        "nodes": "integer",
        "tests": "integer",
        "failed_nodes": "integer",
        "rejected_rows": "bigint",
        "message": "varchar",
    },
    "ops_nodes": {
        "run_id": "varchar",
        "node_id": "varchar",
        "node_name": "varchar",
        "node_type": "varchar",
        "schema_name": "varchar",
        "status": "varchar",
        "failures": "bigint",
        "execution_seconds": "double",
    },
    "ops_sources": {
        "run_id": "varchar",
        "system": "varchar",
        "table_name": "varchar",
        "decision": "varchar",
        "file_count": "integer",
        "bytes": "bigint",
        "row_count": "bigint",
        "sha256": "varchar",
        "max_loaded_at": "timestamp",
    },
    "ops_findings": {
        "run_id": "varchar",
        "system": "varchar",
        "table_name": "varchar",
        "column_name": "varchar",
        "rule_id": "varchar",
        "action": "varchar",
        "row_count": "bigint",
        "message": "varchar",
    },
    "ops_rejected_rows": {
        "run_id": "varchar",
        "source_system": "varchar",
        "source_table": "varchar",
        "rejection_reason": "varchar",
        "row_count": "bigint",
    },
    "ops_row_counts": {"run_id": "varchar", "relation": "varchar", "row_count": "bigint"},
    "ops_published_scores": {
        "run_id": "varchar",
        "published_at": "timestamp",
        "score_version": "varchar",
        "account_id": "varchar",
        "as_of_date": "date",
        "objective_id": "varchar",
        "health_score": "double",
        "low_score": "double",
        "high_score": "double",
        "coverage": "double",
        "band": "varchar",
    },
}
# Append-only: kept for good, while the details of old runs are dropped.
KEPT_FOR_GOOD = ("ops_published_scores",)
SCORES = Relation("scoring", "fct_account_health_scores", is_view=False)
SCORE_VALUES = ("score_version", "health_score", "low_score", "high_score", "coverage", "band")


def write_ledger(
    version: Path,
    previous: Path | None,
    run: Run,
    history: list[dict[str, Any]],
    details: dict[str, list[dict[str, Any]]],
    relations: list[Relation],
) -> int:
    """Add the tables of operations to a version that no reader sees yet; returns its rows."""
    with duckdb.connect(str(version)) as connection:
        connection.execute(f"create schema {SCHEMA}")
        if previous is not None:
            quoted = str(previous).replace("'", "''")
            connection.execute(f"attach '{quoted}' as previous (read_only)")
        for table, columns in COLUMNS.items():
            declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
            connection.execute(f"create table {SCHEMA}.{table} ({declared})")
            if previous is not None and table != "ops_runs":
                _carry(connection, table, columns)
        counts = _row_counts(connection, run, relations)
        run.published_rows = sum(row["row_count"] for row in counts)
        _insert(connection, "ops_runs", [_run_row(entry) for entry in [*history, run.as_dict()]])
        for table, rows in {**details, "ops_row_counts": counts}.items():
            _insert(connection, table, rows)
        if SCORES in relations:
            _record_scores(connection, run)
        connection.execute("checkpoint")
    return run.published_rows


def _carry(connection: duckdb.DuckDBPyConnection, table: str, columns: dict[str, str]) -> None:
    """Rows of earlier runs; a table or column that the version before did not have stays empty."""
    found = {
        str(name)
        for (name,) in connection.execute(
            "select column_name from duckdb_columns()"
            " where database_name = 'previous' and schema_name = ? and table_name = ?",
            [SCHEMA, table],
        ).fetchall()
    }
    shared = [name for name in columns if name in found]
    if not shared:
        return
    names = ", ".join(shared)
    recent = (
        ""
        if table in KEPT_FOR_GOOD
        else f" where run_id in (select distinct run_id from previous.{SCHEMA}.{table}"
        f" order by run_id desc limit {DETAIL_RUNS - 1})"
    )
    connection.execute(
        f"insert into {SCHEMA}.{table} ({names}) select {names} from previous.{SCHEMA}.{table}"
        + recent
    )


def _record_scores(connection: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Append each score that was not published before with the same values.

    A date that is stated again differently has two rows, so both can be shown.
    """
    table = f"{SCHEMA}.ops_published_scores"
    keys = "account_id, as_of_date, objective_id"
    differs = " or ".join(
        f"scores.{column} is distinct from last_published.{column}"
        if column in ("score_version", "band")
        else f"round(scores.{column}, 6) is distinct from round(last_published.{column}, 6)"
        for column in SCORE_VALUES
    )
    connection.execute(
        f"insert into {table} (run_id, published_at, {keys}, {', '.join(SCORE_VALUES)})"
        f" with last_published as (select * from {table}"
        f" qualify row_number() over (partition by {keys} order by run_id desc) = 1)"
        f" select ?, ?, {', '.join('scores.' + key for key in keys.split(', '))},"
        f" {', '.join('scores.' + column for column in SCORE_VALUES)}"
        f" from {SCORES.text} as scores left join last_published using ({keys})"
        f" where last_published.account_id is null or {differs}",
        [run.run_id, stamp(run.started_at).rstrip("Z")],
    )


def _row_counts(
    connection: duckdb.DuckDBPyConnection, run: Run, relations: list[Relation]
) -> list[dict[str, Any]]:
    sizes = connection.execute(
        "select schema_name, table_name, estimated_size from duckdb_tables()"
        " where database_name = current_database()"
    ).fetchall()
    known = {(schema, name): size for schema, name, size in sizes}
    return [
        {
            "run_id": run.run_id,
            "relation": f"{relation.schema}.{relation.name}",
            "row_count": known[relation.schema, relation.name],
        }
        for relation in relations
        if not relation.is_view
    ]


def _run_row(entry: dict[str, Any]) -> dict[str, Any]:
    row = {name: entry.get(name) for name in COLUMNS["ops_runs"]}
    row["failed_nodes"] = len(entry.get("failed_nodes") or [])
    return row


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = COLUMNS[table]
    values = ", ".join(
        f"cast(rtrim({name}, 'Z') as timestamp)"
        if kind == "timestamp"
        else f"cast({name} as {kind})"
        for name, kind in columns.items()
    )
    lists = ", ".join(f"unnest(cast(? as varchar[])) as {name}" for name in columns)
    connection.execute(
        f"insert into {SCHEMA}.{table} select {values} from (select {lists})",
        [[_text(row.get(name)) for row in rows] for name in columns],
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
