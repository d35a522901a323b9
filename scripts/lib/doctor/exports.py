"""Checks of what leaves the warehouse: every metric is decided upon, levels leave no gap."""

from __future__ import annotations

from pathlib import Path

from scripts.lib.doctor.seed_checks import (
    check_above_zero,
    check_flag,
    check_keys,
    check_number,
    check_one_published,
    check_ranges,
)
from scripts.lib.findings import Finding, Seed, read_seed

FOLDER = "seeds/export_model"
KEYS = {
    "export_settings": ("export_version",),
    "crm_destinations": ("destination",),
    "customer_levels": ("customer_level",),
    "customer_metric_texts": ("metric_id",),
}
REASONS = ("strength_text", "weakness_text")


def check_exports(root: Path) -> list[Finding]:
    """Every finding about the seeds of the exports of a project."""
    seeds = {name: read_seed(root, f"{FOLDER}/{name}.csv", keys) for name, keys in KEYS.items()}
    for name, keys in KEYS.items():
        check_keys(seeds[name], keys)
    settings = seeds["export_settings"]
    objectives = read_seed(root, "seeds/scoring_model/objectives.csv").values("objective_id")
    check_one_published(settings)
    for row in settings.rows:
        check_above_zero(settings, row, "text_length")
        check_number(settings, row, "smallest_reason_points")
        if row["customer_objective_id"] not in objectives:
            settings.report(
                row,
                f"there is no objective {row['customer_objective_id']}",
                "Use one of objectives.csv",
            )
    levels = seeds["customer_levels"]
    check_ranges(levels, levels.rows, "from_score", "to_score")
    _check_texts(seeds["customer_metric_texts"], read_seed(root, "seeds/scoring_model/metrics.csv"))
    return [finding for seed in seeds.values() for finding in seed.findings]


def _check_texts(texts: Seed, metrics: Seed) -> None:
    known = metrics.values("metric_id")
    for metric in sorted(known - texts.values("metric_id")):
        texts.report(
            None,
            f"nobody has decided what a customer is told about {metric}",
            "Add its row; is_shown false, and why, if nothing",
        )
    for row in texts.rows:
        metric = row["metric_id"]
        if metric not in known:
            texts.report(row, f"there is no metric {metric}", "Correct metric_id")
        check_flag(texts, row, "is_shown")
        is_shown = row["is_shown"].lower() == "true"
        for column in REASONS:
            if is_shown and not row[column]:
                texts.report(row, f"{metric} is shown and has no {column}", f"Fill in {column}")
        if not is_shown and any(row[column] for column in (*REASONS, "step_text")):
            texts.report(row, f"{metric} is not shown and has a text", "Empty it, or show it")
        if (not is_shown or not row["step_text"]) and not row["rationale"]:
            texts.report(row, f"nothing says why {metric} is held back", "Fill in rationale")
