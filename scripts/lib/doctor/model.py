"""Checks of the scoring model: the seeds that hold weights, knots, bands and gates."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path

import yaml

from scripts.lib.findings import WARNING, Finding, Seed, SeedRow, read_seed

FOLDER = "seeds/scoring_model"
TOLERANCE = 1e-9
NORMALISERS = frozenset(
    {"piecewise", "peer_percentile", "robust_z", "min_max", "two_anchor", "identity"}
)
KEYS = {
    "objectives": ("objective_id",),
    "dimensions": ("dimension_id",),
    "metrics": ("metric_id",),
    "metric_knots": ("metric_id", "knot_number"),
    "metric_weights": ("score_version", "dimension_id", "metric_id", "valid_from"),
    "objective_weights": ("score_version", "objective_id", "dimension_id"),
    "score_scaling": ("score_version", "objective_id"),
    "bands": ("score_version", "band"),
    "gates": ("score_version", "gate_id"),
    "confidence_levels": ("score_version", "confidence"),
    "metric_priors": ("baseline_version", "metric_id"),
}


def check_model(root: Path) -> list[Finding]:
    """Every finding about the scoring model of a project."""
    seeds = {
        name: read_seed(root, f"{FOLDER}/{name}.csv", [key for key in keys if key != "valid_from"])
        for name, keys in KEYS.items()
    }
    for name, keys in KEYS.items():
        _check_unique(seeds[name], keys)
    _check_metrics(seeds["metrics"], seeds["dimensions"], root)
    _check_knots(seeds["metric_knots"], seeds["metrics"])
    _check_metric_weights(seeds["metric_weights"], seeds["metrics"])
    _check_objective_weights(seeds["objective_weights"], seeds["objectives"], seeds["dimensions"])
    _check_scaling(seeds["score_scaling"], seeds["objectives"])
    _check_bands(seeds["bands"])
    _check_confidence(seeds["confidence_levels"])
    _check_gates(seeds["gates"], root)
    _check_priors(seeds["metric_priors"], seeds["metrics"])
    return [finding for seed in seeds.values() for finding in seed.findings]


def _check_unique(seed: Seed, keys: tuple[str, ...]) -> None:
    for values, rows in seed.groups(*keys).items():
        for row in rows[1:]:
            seed.report(
                row,
                f"{', '.join(keys)} = {', '.join(values)} stands already on row {rows[0].line}",
                "Remove one of the two rows",
            )


def _check_metrics(seed: Seed, dimensions: Seed, root: Path) -> None:
    normalisers = known_normalisers(root)
    computed = _text_of(root / "models" / "metrics")
    for row in seed.rows:
        for column in ("metric_name", "dimension_id", "value_id", "owner", "normaliser", "formula"):
            if not row[column]:
                seed.report(row, f"metric {row['metric_id']} has no {column}", f"Fill in {column}")
        if row["dimension_id"] and row["dimension_id"] not in dimensions.values("dimension_id"):
            seed.report(
                row,
                f"metric {row['metric_id']} names the unknown dimension {row['dimension_id']}",
                "Use a dimension_id of dimensions.csv",
            )
        if row["normaliser"] and row["normaliser"] not in normalisers:
            seed.report(
                row,
                f"metric {row['metric_id']} names the unknown normaliser {row['normaliser']}",
                f"Use one of: {', '.join(sorted(normalisers))}",
            )
        low, high = row.number("valid_min"), row.number("valid_max")
        if low is not None and high is not None and low >= high:
            seed.report(
                row,
                f"metric {row['metric_id']} has an empty valid range, {low:g} to {high:g}",
                "Set valid_min below valid_max",
            )
        if computed and row["value_id"] and not _is_named(row["value_id"], computed):
            seed.report(
                row,
                f"no model computes the value {row['value_id']} of metric {row['metric_id']}",
                "Correct value_id, or add the value to its domain in models/metrics/values",
            )


def known_normalisers(root: Path) -> frozenset[str]:
    """The normalisers that the seed's own accepted values name."""
    for path in sorted((root / FOLDER).glob("*.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for seed in document.get("seeds", []):
            for column in seed.get("columns", []):
                if column.get("name") != "normaliser":
                    continue
                for test in column.get("data_tests", []):
                    if isinstance(test, dict) and "accepted_values" in test:
                        arguments = test["accepted_values"]
                        arguments = arguments.get("arguments", arguments)
                        return frozenset(map(str, arguments["values"]))
    return NORMALISERS


def _check_knots(seed: Seed, metrics: Seed) -> None:
    known = metrics.values("metric_id")
    by_metric = seed.groups("metric_id")
    for (metric_id,), rows in by_metric.items():
        if metric_id not in known:
            seed.report(
                rows[0],
                f"the knots of {metric_id} belong to no metric",
                "Correct metric_id, or add the metric to metrics.csv",
            )
        rows = sorted(rows, key=lambda row: row.number("knot_number") or 0)
        for before, row in pairwise(rows):
            low, high = before.number("metric_value"), row.number("metric_value")
            if low is None or high is None or high <= low:
                seed.report(
                    row,
                    f"the knots of {metric_id} do not increase: {before['metric_value']}"
                    f" is followed by {row['metric_value']}",
                    "Put metric_value in strictly increasing order of knot_number",
                )
        for row in rows:
            _check_range(seed, row, "metric_score", 0, 100, f"a knot of {metric_id}")
    for row in metrics.rows:
        if row["normaliser"] == "piecewise" and len(by_metric.get((row["metric_id"],), [])) < 2:
            metrics.report(
                row,
                f"metric {row['metric_id']} is piecewise and has fewer than two knots",
                f"Add its knots to {FOLDER}/metric_knots.csv",
            )


def _check_range(
    seed: Seed, row: SeedRow, column: str, low: float, high: float, owner: str
) -> None:
    value = row.number(column)
    if value is None or not math.isfinite(value) or not low <= value <= high:
        seed.report(
            row,
            f"{column} of {owner} is {row[column] or 'empty'}",
            f"Give a number from {low:g} to {high:g}",
        )


def _check_metric_weights(seed: Seed, metrics: Seed) -> None:
    dimension_of = {row["metric_id"]: row["dimension_id"] for row in metrics.rows}
    for row in seed.rows:
        _check_range(seed, row, "weight", 0, 1, f"metric {row['metric_id']}")
        expected = dimension_of.get(row["metric_id"])
        if expected is None:
            seed.report(
                row,
                f"the weight of {row['metric_id']} belongs to no metric",
                "Correct metric_id, or add the metric to metrics.csv",
            )
        elif expected != row["dimension_id"]:
            seed.report(
                row,
                f"metric {row['metric_id']} is weighted in {row['dimension_id']}"
                f" and belongs to {expected}",
                "Use the dimension of metrics.csv",
            )
    for (version, dimension), rows in seed.groups("score_version", "dimension_id").items():
        for start in sorted({row["valid_from"] for row in rows}):
            valid = [
                row
                for row in rows
                if row["valid_from"] <= start and (not row["valid_to"] or start < row["valid_to"])
            ]
            label = f"the metric weights of {dimension} ({version}, from {start or 'always'})"
            _check_sum(seed, valid, label)
    weighted = seed.values("metric_id")
    for row in metrics.rows:
        if seed.rows and row["metric_id"] not in weighted:
            metrics.report(
                row,
                f"metric {row['metric_id']} has no weight and does not count",
                f"Add it to {FOLDER}/metric_weights.csv, or remove the metric",
                WARNING,
            )


def _check_sum(seed: Seed, rows: list[SeedRow], label: str) -> None:
    total = math.fsum(row.number("weight") or 0 for row in rows)
    if rows and abs(total - 1) > TOLERANCE:
        seed.report(
            rows[0],
            f"{label} sum to {total:.10g} and not to 1",
            f"Change the weights of rows {rows[0].line} to {rows[-1].line} so that they sum to 1",
        )


def _check_objective_weights(seed: Seed, objectives: Seed, dimensions: Seed) -> None:
    known = {
        "objective_id": objectives.values("objective_id"),
        "dimension_id": dimensions.values("dimension_id"),
    }
    for row in seed.rows:
        _check_range(seed, row, "weight", 0, 1, f"{row['objective_id']}, {row['dimension_id']}")
        for column, values in known.items():
            if row[column] not in values:
                seed.report(
                    row,
                    f"the weight names the unknown {column} {row[column]}",
                    f"Use a {column} of {'objectives' if 'obj' in column else 'dimensions'}.csv",
                )
    for (version, objective), rows in seed.groups("score_version", "objective_id").items():
        _check_sum(seed, rows, f"the dimension weights of {objective} ({version})")
    for row in objectives.rows:
        if seed.rows and row["objective_id"] not in seed.values("objective_id"):
            objectives.report(
                row,
                f"objective {row['objective_id']} has no dimension weights",
                f"Add them to {FOLDER}/objective_weights.csv",
            )


def _check_scaling(seed: Seed, objectives: Seed) -> None:
    for row in seed.rows:
        label = f"objective {row['objective_id']}"
        _check_range(seed, row, "typical_score", 0, 100, label)
        gain = row.number("gain")
        if gain is None or not math.isfinite(gain) or gain <= 0:
            seed.report(row, f"gain of {label} is {row['gain']}", "Give a number above 0")
    for row in objectives.rows:
        if seed.rows and row["objective_id"] not in seed.values("objective_id"):
            objectives.report(
                row,
                f"objective {row['objective_id']} has no typical score and no gain",
                f"Add it to {FOLDER}/score_scaling.csv",
            )


def _check_bands(seed: Seed) -> None:
    for (version,), rows in seed.groups("score_version").items():
        rows = sorted(rows, key=lambda row: row.number("band_rank") or 0)
        if rows[0]["lower_score"] and rows[0].number("lower_score") != 0:
            seed.report(
                rows[0],
                f"the bands of {version} leave a gap below {rows[0]['lower_score']}",
                "Let the lowest band begin at 0 (or leave lower_score empty)",
            )
        for rank, row in enumerate(rows):
            if row.number("band_rank") != rank:
                seed.report(
                    row,
                    f"the bands of {version} leave a gap: rank {rank} is missing or stands twice",
                    "Number band_rank from 0 without gaps",
                )
                break
        for before, row in pairwise(rows):
            low = before.number("lower_score") or 0.0
            high = row.number("lower_score")
            if high is None or not low < high <= 100:
                seed.report(
                    row,
                    f"band {row['band']} overlaps band {before['band']}:"
                    f" it begins at {row['lower_score'] or 'nothing'}, not above {low:g}",
                    "Let lower_score increase with band_rank, up to 100",
                )
                continue
            reach = low + (before.number("up_offset") or 0)
            if before["lower_score"] and reach > high - (row.number("down_offset") or 0):
                seed.report(
                    row,
                    f"bands {before['band']} and {row['band']} overlap by their offsets",
                    "Make the offsets smaller than the distance of the bands",
                )


def _check_confidence(seed: Seed) -> None:
    for (version,), rows in seed.groups("score_version").items():
        rows = sorted(rows, key=lambda row: row.number("confidence_rank") or 0)
        for row in rows:
            _check_range(seed, row, "minimum_coverage", 0, 1, f"confidence {row['confidence']}")
        for before, row in pairwise(rows):
            low, high = before.number("minimum_coverage"), row.number("minimum_coverage")
            if low is not None and high is not None and high <= low:
                seed.report(
                    row,
                    f"confidence {row['confidence']} ({version}) does not need more coverage"
                    f" than {before['confidence']}",
                    "Let minimum_coverage increase with confidence_rank",
                )


def _check_gates(seed: Seed, root: Path) -> None:
    computed = _text_of(root / "models" / "metrics")
    for row in seed.rows:
        label = f"gate {row['gate_id']}"
        _check_range(seed, row, "cap", 0, 100, label)
        if row.number("threshold") is None:
            seed.report(row, f"{label} has no threshold", "Give the signal's threshold")
        if not row["signal_id"]:
            seed.report(row, f"{label} has no signal", "Name the signal that opens the gate")
        elif computed and not _is_named(row["signal_id"], computed):
            seed.report(
                row,
                f"no model computes the signal {row['signal_id']} of {label}",
                "Correct signal_id, or add the signal to models/metrics",
            )


def _check_priors(seed: Seed, metrics: Seed) -> None:
    for row in seed.rows:
        _check_range(seed, row, "typical_score", 0, 100, f"metric {row['metric_id']}")
    known = seed.values("metric_id")
    for row in metrics.rows:
        if seed.rows and row["metric_id"] not in known:
            metrics.report(
                row,
                f"metric {row['metric_id']} has no typical score",
                f"Add it to {FOLDER}/metric_priors.csv",
            )


def _text_of(folder: Path) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("**/*.sql")))


def _is_named(identifier: str, text: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(identifier)}(?![a-z0-9])", text) is not None
