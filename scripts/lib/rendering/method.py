"""docs/method.md from the seeds that the SQL reads, so that page and score cannot differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scripts.lib.findings import Seed, SeedRow, read_seed
from scripts.lib.rendering.method_cards import render_cards, render_version
from scripts.lib.rendering.method_overrides import overrides_section
from scripts.lib.rendering.method_text import (
    ADDITIVE,
    CONTEXT,
    DIRECTIONS,
    INTRODUCTION,
    NORMALISER_NAMES,
    NORMALISERS,
    QUALITY,
    STATUSES,
)
from scripts.lib.settings import project_vars

SEEDS = (
    "objectives", "dimensions", "metrics", "metric_knots", "metric_weights", "objective_weights",
    "score_scaling", "score_versions", "bands", "gates", "gate_objectives", "confidence_levels",
    "metric_priors", "normalisation_settings", "peer_schemes",
)  # fmt: skip
DOCUMENT = Path("docs/method.md")


def render_method(root: Path) -> str:
    """The whole page."""
    seeds = {name: read_seed(root, f"seeds/scoring_model/{name}.csv") for name in SEEDS}
    version = _published_version(seeds["score_versions"])
    model = _Model(seeds, version, project_vars(root).get("metric_parameters"))
    parts = [
        INTRODUCTION.format(version=version),
        _objectives(model),
        ADDITIVE + "\n" + _scaling(model),
        _dimension_weights(model),
        NORMALISERS + "\n" + _peer_schemes(model),
        QUALITY.format(**_settings(model)),
        STATUSES,
        *(_dimension(model, row) for row in model.dimensions),
        _gates(model),
        overrides_section(root),
        _bands(model),
        _confidence(model),
        render_cards(root, version, model.baseline, _table),
        render_version(root, version),
        CONTEXT,
    ]
    return "\n".join(part.strip() + "\n" for part in parts)


class _Model:
    """The seeds of one score version, ready to look up."""

    def __init__(self, seeds: dict[str, Seed], version: str, parameters: Any) -> None:
        self.seeds = seeds
        self.version = version
        self.parameters: dict[str, Any] = parameters if isinstance(parameters, dict) else {}
        self.objectives = seeds["objectives"].rows
        self.dimensions = sorted(
            seeds["dimensions"].rows, key=lambda row: row.number("reading_order") or 0
        )
        self.baseline = next(
            (
                row["baseline_version"]
                for row in seeds["score_versions"].rows
                if row["score_version"] == version
            ),
            "",
        )

    def of_version(self, seed: str) -> list[SeedRow]:
        """The rows of the published score version."""
        return [row for row in self.seeds[seed].rows if row["score_version"] == self.version]

    def of_baseline(self, seed: str) -> list[SeedRow]:
        """The rows of the baseline that the score version uses."""
        return [row for row in self.seeds[seed].rows if row["baseline_version"] == self.baseline]

    def typical_scores(self) -> dict[str, str]:
        """What the typical account of the baseline scores on each metric."""
        rows = self.of_baseline("metric_priors")
        return {row["metric_id"]: row["typical_score"] for row in rows}

    def knots(self) -> dict[tuple[str, ...], list[SeedRow]]:
        """The knots of each metric, in order."""
        groups = self.seeds["metric_knots"].groups("metric_id")
        for rows in groups.values():
            rows.sort(key=lambda knot: knot.number("knot_number") or 0)
        return groups

    def open_weights(self) -> dict[str, SeedRow]:
        """The weight of each metric that is valid until further notice."""
        rows = self.of_version("metric_weights")
        return {row["metric_id"]: row for row in rows if not row["valid_to"]}


def _published_version(versions: Seed) -> str:
    published = [row["score_version"] for row in versions.rows if row["is_published"] == "true"]
    return published[-1] if published else ""


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _number(text: str) -> str:
    """A number without idle zeros, with separators from ten thousand on."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:,.6g}" if abs(value) < 1e4 else f"{value:,.0f}"


def _sentence(text: str) -> str:
    text = text.strip()
    return (text[:1].upper() + text[1:]).rstrip(".") + "." if text else ""


def _objectives(model: _Model) -> str:
    rows = [
        [
            f"**{row['objective_name']}**",
            row["purpose"],
            row["outcome"],
            f"{row['horizon_days']} days",
            row["owner"],
        ]
        for row in model.objectives
    ]
    return "## Objectives\n\n" + _table(
        ["objective", "what it is for", "outcome that it is judged against", "within", "owner"],
        rows,
    )


def _scaling(model: _Model) -> str:
    names = {row["objective_id"]: row["objective_name"] for row in model.objectives}
    rows = [
        [
            names.get(row["objective_id"], row["objective_id"]),
            _number(row["typical_score"]),
            _number(row["gain"]),
        ]
        for row in model.of_version("score_scaling")
    ]
    return _table(["objective", "A, score of a typical account", "B, gain"], rows)


def _dimension_weights(model: _Model) -> str:
    weights = {
        (row["objective_id"], row["dimension_id"]): row["weight"]
        for row in model.of_version("objective_weights")
    }
    rows = []
    for dimension in model.dimensions:
        key = dimension["dimension_id"]
        cells = [_number(weights.get((row["objective_id"], key), "0")) for row in model.objectives]
        rows.append([dimension["dimension_name"], *cells, dimension["owner"]])
    header = ["dimension", *(row["objective_name"] for row in model.objectives), "owner"]
    return (
        "## Weights of the dimensions\n\n"
        "The weights of an objective sum to 1. A dimension with a weight of 0 says nothing about"
        " that objective.\n\n" + _table(header, rows)
    )


def _peer_schemes(model: _Model) -> str:
    lines = [
        f"* `{row['peer_scheme']}`: {_sentence(row['description'])}"
        for row in model.seeds["peer_schemes"].rows
    ]
    return "Peer groups:\n\n" + "\n".join(lines)


def _settings(model: _Model) -> dict[str, str]:
    rows = model.of_baseline("normalisation_settings")
    found = rows[0] if rows else SeedRow(0, {})
    return {
        "freshness_floor": _number(found["freshness_floor"]),
        "peer_kappa": _number(found["peer_kappa"]),
    }


def _dimension(model: _Model, dimension: SeedRow) -> str:
    key = dimension["dimension_id"]
    weights = model.open_weights()
    metrics = [row for row in model.seeds["metrics"].rows if row["dimension_id"] == key]
    summary = [
        [
            f"`{row['metric_id']}`",
            row["metric_name"],
            _number(weights[row["metric_id"]]["weight"]) if row["metric_id"] in weights else "0",
            DIRECTIONS.get(row["direction"], row["direction"]),
            row["owner"],
        ]
        for row in metrics
    ]
    head = f"## {dimension['dimension_name']}\n\n{_sentence(dimension['question']).rstrip('.')}\n\n"
    head += _table(["id", "metric", "weight", "better is", "owner"], summary)
    return "\n\n".join([head, *(_metric(model, row) for row in metrics)])


def _metric(model: _Model, row: SeedRow) -> str:
    lines = [f"### {row['metric_id']} {row['metric_name']}", "", _sentence(row["rationale"]), ""]
    lines.append(f"* **Value** (`{row['value_id']}`, {row['unit']}): {row['formula']}")
    parameters = model.parameters.get(row["value_id"]) or {}
    if parameters:
        listed = ", ".join(f"`{name}` {value}" for name, value in parameters.items())
        lines.append(f"* **Constants**: {listed}")
    lines.append(f"* **Valid**: {_number(row['valid_min'])} to {_number(row['valid_max'])}")
    lines.append(f"* **Score**: {_score_rule(model, row)}")
    lines.append(f"* **Quality**: {_quality_rule(row)}")
    for label, column in (
        ("Unknown when", "unknown_when"),
        ("Not applicable when", "not_applicable_when"),
        ("Zero means", "zero_when"),
        ("Pitfalls", "pitfalls"),
    ):
        if row[column]:
            lines.append(f"* **{label}**: {row[column]}")
    typical = model.typical_scores().get(row["metric_id"])
    if typical:
        lines.append(f"* **Typical account**: scores {_number(typical)}")
    return "\n".join(lines)


def _score_rule(model: _Model, row: SeedRow) -> str:
    name = NORMALISER_NAMES.get(row["normaliser"], row["normaliser"])
    knots = model.knots().get((row["metric_id"],))
    if knots:
        points = ", ".join(
            f"{_number(knot['metric_value'])} → {_number(knot['metric_score'])}" for knot in knots
        )
        return f"{name}: {points}"
    if row["peer_scheme"]:
        return f"{name}, peers `{row['peer_scheme']}`"
    return name


def _quality_rule(row: SeedRow) -> str:
    if row["kappa"]:
        rule = f"m / (m + {_number(row['kappa'])}) from the sample size m"
        if row["half_life_days"]:
            rule += f", one observation counting half after {_number(row['half_life_days'])} days"
        return rule
    if row["freshness_grace_days"] and row["freshness_half_life_days"]:
        return (
            f"full for data up to {_number(row['freshness_grace_days'])} days old, then halved"
            f" every {_number(row['freshness_half_life_days'])} days"
        )
    return "full while the value is known"


COMPARISONS = {"gt": "above", "gte": "at or above", "lt": "below", "lte": "at or below"}


def _gates(model: _Model) -> str:
    names = {row["objective_id"]: row["objective_name"] for row in model.objectives}
    applies: dict[str, list[str]] = {}
    for row in model.of_version("gate_objectives"):
        label = names.get(row["objective_id"], row["objective_id"])
        applies.setdefault(row["gate_id"], []).append(label)
    rows = [
        [
            f"`{row['gate_id']}`",
            row["gate_name"],
            row["description"],
            f"`{row['signal_id']}` {COMPARISONS.get(row['comparison'], row['comparison'])}"
            f" {_number(row['threshold'])}",
            _number(row["cap"]),
            ", ".join(applies.get(row["gate_id"], [])),
            row["owner"],
        ]
        for row in model.of_version("gates")
    ]
    return (
        "## Gates\n\nA gate caps the score while its evidence holds. Caps do not add up: the lowest"
        " one binds, and all that hold are kept with their evidence.\n\n"
        + _table(["id", "gate", "evidence", "signal", "cap", "objectives", "owner"], rows)
    )


def _bands(model: _Model) -> str:
    rows = sorted(model.of_version("bands"), key=lambda row: -(row.number("band_rank") or 0))
    table = [
        [
            f"**{row['band'].replace('_', ' ')}**",
            _number(row["lower_score"] or "0"),
            _number(str((row.number("lower_score") or 0) + (row.number("up_offset") or 0)))
            if row["up_offset"]
            else "",
            _number(str((row.number("lower_score") or 0) - (row.number("down_offset") or 0)))
            if row["down_offset"]
            else "",
            row["description"],
        ]
        for row in rows
    ]
    return (
        "## Bands\n\nA band changes only when the score has clearly crossed its threshold, so that"
        " small movements do not make it flap: an account enters a band from below at the higher"
        " score and leaves it at the lower one. Its first score is placed by the threshold.\n\n"
        + _table(["band", "threshold", "enters at", "leaves below", "meaning"], table)
    )


def _confidence(model: _Model) -> str:
    rows = sorted(
        model.of_version("confidence_levels"),
        key=lambda row: -(row.number("confidence_rank") or 0),
    )
    table = [
        [f"**{row['confidence']}**", _number(row["minimum_coverage"]), row["description"]]
        for row in rows
    ]
    return (
        "## Confidence\n\nCoverage is the sum of weight times quality. The low and the high bound"
        " put everything that is unknown at 0 and at 100.\n\n"
        + _table(["confidence", "coverage from", "meaning"], table)
    )
