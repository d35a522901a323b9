"""What a customer may see: columns that somebody allowed, words of the seed, nothing else."""

from __future__ import annotations

import csv
import re

import duckdb
import pytest
from support.project_files import ROOT, models, yaml_nodes

VIEW = "export_customer_health"
ALLOWED = {
    "account_id", "account_name", "as_of_date", "health_score", "health_level", "what_goes_well",
    "what_holds_back", "step_1", "step_1_points", "step_2", "step_2_points", "step_3",
    "step_3_points", "steps_points", "score_after_steps",
}  # fmt: skip
TEXTS = ROOT / "seeds" / "export_model" / "customer_metric_texts.csv"
# What the steps to the view may read; none holds notes, money, an override or a peer.
READS = {
    "int_exports_customer__scores": {"fct_account_health_scores", "export_settings"},
    "int_exports_customer__metrics": {
        "int_exports_customer__scores", "int_scoring__current_contributions",
        "int_scoring__current_metric_scores", "customer_metric_texts",
    },
    "int_exports_customer__reasons": {"int_exports_customer__metrics"},
    "int_exports_customer__steps": {
        "int_exports_customer__metrics", "int_exports_customer__scores",
    },
    VIEW: {
        "int_exports_customer__scores", "int_exports_customer__reasons",
        "int_exports_customer__steps", "customer_levels", "dim_accounts",
    },
}  # fmt: skip
# Of a score and an account only these.
INTERNAL = re.compile(
    r"gate|override|cap(_|\b)|arr\b|mrr|value\b|loss|churn|owner|pulse|note|peer|band|confidence"
    r"|segment|metric_value|typical|margin|price|stance",
)
# Words that a customer would not use, or that tell what others do or what we earn.
NOT_FOR_CUSTOMERS = re.compile(
    r"score|metric|coverage|churn|risk|revenue|ARR|MRR|upsell|expansion|peer|other customers"
    r"|account|health|sentiment|stickiness|whitespace|pipeline|CSM|override|gate|ratio",
)


def texts() -> list[dict[str, str]]:
    with TEXTS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_view_has_the_allowed_columns_alone() -> None:
    [node] = [node for node in yaml_nodes("models/exports", "models") if node.name == VIEW]
    assert {column["name"] for column in node.node["columns"]} == ALLOWED


def test_the_view_reads_what_was_looked_at() -> None:
    found = {
        model.name: {name for _, name in model.refs}
        for model in models()
        if model.layer == "exports" and model.folder == "customer"
    }
    assert found == READS


def test_no_step_to_the_view_names_what_is_internal() -> None:
    found = [
        f"{model.name}: {match[0]}"
        for model in models()
        if model.name in READS
        for match in INTERNAL.finditer(re.sub(r"\{#.*?#\}", "", model.code, flags=re.S))
    ]
    assert found == []


def test_texts_are_plain_words() -> None:
    for row in texts():
        for name in ("strength_text", "weakness_text", "step_text"):
            text = row[name] or ""
            found = NOT_FOR_CUSTOMERS.search(text)
            allowed = row["metric_id"] == "B02" and found and found[0] == "account"
            assert not found or allowed, f"{row['metric_id']} {name}: {found[0]}"
            assert ";" not in text and not text.endswith("."), f"{row['metric_id']} {name}"


@pytest.mark.parametrize("metric", ["S01", "E01", "E03", "N03", "N04", "X01", "C03"])
def test_what_is_ours_is_not_shown(metric: str) -> None:
    [row] = [row for row in texts() if row["metric_id"] == metric]
    assert row["is_shown"] == "false"
    assert not any(row[name] for name in ("strength_text", "weakness_text", "step_text"))


@pytest.mark.build
def test_every_word_of_the_build_is_one_of_the_seed(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    columns = [row[0] for row in connection.execute(f"describe exports.{VIEW}").fetchall()]
    assert set(columns) == ALLOWED
    known = {
        row[name] for row in texts() for name in ("strength_text", "weakness_text", "step_text")
    }
    rows = connection.execute(
        f"select what_goes_well, what_holds_back, step_1, step_2, step_3 from exports.{VIEW}"
    ).fetchall()
    assert rows
    said = {part for row in rows for text in row if text for part in text.split("; ")}
    assert said and said <= known


@pytest.mark.build
def test_no_account_is_shown_that_is_not_scored(connection: duckdb.DuckDBPyConnection) -> None:
    [(count,)] = connection.execute(
        f"select count(*) from exports.{VIEW} as shown"
        " left join scoring.rpt_account_health as health on shown.account_id = health.account_id"
        " where not coalesce(health.is_eligible and health.overall_score is not null, false)"
    ).fetchall()
    assert count == 0
