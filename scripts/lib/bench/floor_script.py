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


def _by_card(rows: list[dict[str, Any]], base: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows of the base card, each with those of the other cards under `cards`."""
    cards: dict[tuple[Any, ...], dict[str, dict[str, Any]]] = {}
    for row in rows:
        cards.setdefault(tuple(row[key] for key in keys), {})[row["card_id"]] = row
    return [{**found[base], "cards": found} for found in cards.values()]


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
    base = rows("select card_id from metrics.int_metrics_cards__lineages where card_level = 0")
    return Model(
        metrics=_by_card(
            rows(
                "select catalogue.*, card_metrics.* exclude (metric_id), metric_weights.weight"
                " from metrics.int_metrics__catalogue as catalogue"
                " inner join metrics.int_metrics__card_metrics as card_metrics"
                " on catalogue.metric_id = card_metrics.metric_id"
                " inner join scoring.int_scoring__metric_weights as metric_weights"
                " on card_metrics.metric_id = metric_weights.metric_id"
                " and card_metrics.card_id = metric_weights.card_id"
                " where metric_weights.valid_to is null order by catalogue.metric_id"
            ),
            base[0]["card_id"],
            ("metric_id",),
        ),
        objective_weights=_by_card(
            rows(
                "select card_id, parent_id as objective_id, node_id as dimension_id, weight"
                " from scoring.int_scoring__card_weights where node_type = 'dimension'"
                " order by all"
            ),
            base[0]["card_id"],
            ("objective_id", "dimension_id"),
        ),
        objectives=rows("select * from scoring.int_scoring__objectives order by objective_id"),
        thresholds=rows("select * from scoring.int_scoring__thresholds")[0],
        domain_of=domain_of,
    )
