"""The hashes of all that a version of the scoring model consists of.

Names and explanations may be bettered; what decides a score may not, once the version is published.
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

from scripts.lib.findings import Seed, SeedRow, read_seed
from scripts.lib.settings import project_vars

SEALS = "seeds/governance/version_seals.csv"
VERSION, BASELINE = "score_version", "baseline_version"
# The seeds of a version, and how their rows are told from those of other versions.
SEEDS = {
    **{
        f"scoring_model/{name}": VERSION
        for name in (
            "metric_weights", "objective_weights", "score_scaling", "bands", "confidence_levels",
            "gates", "gate_objectives",
        )
    },
    **{
        f"scorecards/{name}": VERSION
        for name in ("cards", "card_criteria", "card_settings", "card_weights", "card_knots")
    },
    "scoring_model/metric_priors": BASELINE,
    "scoring_model/normalisation_settings": BASELINE,
    "scorecards/card_priors": BASELINE,
    "baselines/peer_baselines": BASELINE,
    "baselines/peer_rates": BASELINE,
    "baselines/activation_curve": BASELINE,
    "baselines/module_adoption": BASELINE,
    "scoring_model/metrics": "metric_id",
    "scoring_model/metric_knots": "metric_id",
}  # fmt: skip
# Judgements that all versions share, and that a value or a card rests on: hashed as a whole.
SHARED = (
    "scoring_model/peer_schemes",
    *(
        f"mappings/{name}"
        for name in (
            "contract_points", "event_severities", "lifecycle_rules", "multithreading_targets",
            "pulse_points", "respondent_weights", "review_cadences", "sla_targets",
        )
    ),
)  # fmt: skip
PARAMETERS = "metric_parameters"
TEXTS = frozenset(
    {
        "card_name", "description", "formula", "gate_name", "metric_name", "not_applicable_when",
        "owner", "pitfalls", "rationale", "reason", "unit", "unknown_when", "zero_when",
    }
)  # fmt: skip


def version_hashes(root: Path, version: str) -> dict[str, str]:
    """The hash of every part of a version, as its files are now."""
    versions = read_seed(root, "seeds/scoring_model/score_versions.csv")
    baseline = {r[BASELINE] for r in versions.rows if r[VERSION] == version}
    weights = read_seed(root, "seeds/scoring_model/metric_weights.csv")
    metrics = {r["metric_id"] for r in weights.rows if r[VERSION] == version}
    keys = {VERSION: {version}, BASELINE: baseline, "metric_id": metrics}
    found = {}
    for part, column in SEEDS.items():
        seed = read_seed(root, f"seeds/{part}.csv")
        of_version = [row for row in seed.rows if row[column] in keys[column]]
        if column == BASELINE and "metric_id" in seed.columns:
            # What a baseline says of a metric without weight decides nothing: one may be added.
            of_version = [row for row in of_version if row["metric_id"] in metrics]
        found[part] = _hash(seed, of_version)
    for part in SHARED:
        seed = read_seed(root, f"seeds/{part}.csv")
        found[part] = _hash(seed, seed.rows)
    parameters = project_vars(root).get(PARAMETERS)
    found[PARAMETERS] = _digest(json.dumps(parameters, sort_keys=True, default=str))
    return found


def _hash(seed: Seed, rows: list[SeedRow]) -> str:
    """The order of rows and columns, and how a number is written, do not matter."""
    columns = sorted(set(seed.columns) - TEXTS)
    lines = sorted("\t".join(f"{name}={_plain(row[name])}" for name in columns) for row in rows)
    return _digest("\n".join(lines))


def _plain(text: str) -> str:
    try:
        return repr(float(text))
    except ValueError:
        return text


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sealed_hashes(root: Path, version: str) -> dict[str, str]:
    """The hashes that were written when the version was sealed."""
    rows = read_seed(root, SEALS).rows
    return {row["part"]: row["sha256"] for row in rows if row[VERSION] == version}


def changed_parts(root: Path, version: str) -> list[str]:
    """The parts of a sealed version that are not what they were."""
    sealed, found = sealed_hashes(root, version), version_hashes(root, version)
    return [part for part in sorted({*sealed, *found}) if sealed.get(part) != found.get(part)]


def write_seals(root: Path, version: str) -> int:
    """Write the hashes of a version in place of those that stand there."""
    path = root / SEALS
    others = [row for row in read_seed(root, SEALS).rows if row[VERSION] != version]
    rows = [[row[VERSION], row["part"], row["sha256"]] for row in others]
    rows += [[version, part, value] for part, value in version_hashes(root, version).items()]
    following = path.with_suffix(".csv.new")
    with following.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerows([[VERSION, "part", "sha256"], *sorted(rows)])
    following.replace(path)
    return len(rows) - len(others)
