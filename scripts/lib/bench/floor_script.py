"""The floor as one script, made from the project's compiled SQL and its scoring model."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.bench.floor_scores import Model, upper_half
from scripts.lib.bench.floor_steps import VALUES_PATTERN, lower_half, read_project

SCORE_SEEDS = ("gates", "gate_objectives", "confidence_levels", "score_versions")


def floor_statements(root: Path, target_path: Path, database: Path) -> list[str]:
    """All statements of the floor, for the raw files and the date of a finished build."""
    project = read_project(root, target_path, database.stem)
    by_hand = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted((root / "bench" / "floor").glob("*.sql"))
    }
    with duckdb.connect(str(database), read_only=True) as connection:
        model = scoring_model(connection)
    return lower_half(project, by_hand, SCORE_SEEDS) + upper_half(model)


def scoring_model(connection: duckdb.DuckDBPyConnection) -> Model:
    """The published scoring model of a finished build."""

    def rows(query: str) -> list[dict[str, Any]]:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    domain_of: dict[str, str] = {}
    for row in rows(
        "select table_name, column_name from duckdb_columns() where schema_name = 'metrics'"
    ):
        if VALUES_PATTERN.fullmatch(row["table_name"]) and row["column_name"].endswith("_value"):
            domain = re.sub(r"^int_metrics_|__values$", "", row["table_name"])
            domain_of[row["column_name"].removesuffix("_value")] = domain
    return Model(
        metrics=rows(
            "select catalogue.*, metric_weights.weight"
            " from metrics.int_metrics__catalogue as catalogue"
            " inner join scoring.int_scoring__metric_weights as metric_weights"
            " on catalogue.metric_id = metric_weights.metric_id"
            " where metric_weights.valid_to is null order by catalogue.metric_id"
        ),
        objective_weights=rows("select * from scoring.int_scoring__objective_weights order by all"),
        objectives=rows("select * from scoring.int_scoring__objectives order by objective_id"),
        thresholds=rows("select * from scoring.int_scoring__thresholds")[0],
        domain_of=domain_of,
    )
