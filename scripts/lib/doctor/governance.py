"""Checks of the versions of the model: owned, approved, not back-dated, not changed in place."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from pathlib import Path

from scripts.lib.findings import WARNING, Finding, Seed, SeedRow, read_seed
from scripts.lib.governance.seals import changed_parts, sealed_hashes

FOLDER = "seeds/governance"
COLUMNS = {
    "approval_functions": ("function_id", "is_required"),
    "model_versions": ("score_version", "owner_role", "rationale", "valid_from", "review_by"),
    "version_approvals": ("score_version", "function_id", "approver_role", "approved_on"),
    "version_seals": ("score_version", "part", "sha256"),
    "objective_mixes": ("score_version", "objective_id", "part_objective_id", "share"),
    "weight_proposals": ("score_version", "function_id", "objective_id", "dimension_id", "weight"),
}
TOLERANCE = 1e-9


def check_governance(root: Path, as_of: dt.date) -> list[Finding]:
    """Every finding about the versions of a project's model."""
    seeds = {name: read_seed(root, f"{FOLDER}/{name}.csv", c) for name, c in COLUMNS.items()}
    versions = read_seed(root, "seeds/scoring_model/score_versions.csv")
    published = [r["score_version"] for r in versions.rows if r["is_published"] == "true"]
    stated = {row["score_version"]: row for row in seeds["model_versions"].rows}
    for version in published:
        if version not in stated:
            seeds["model_versions"].report(
                None,
                f"the published version {version} has no owner, rationale and dates",
                "Add its row",
            )
            continue
        _check_version(seeds["model_versions"], stated[version], as_of)
        _check_approvals(seeds, stated[version])
        _check_seals(seeds["version_seals"], root, version)
    _check_proposals(seeds, root)
    return [finding for seed in seeds.values() for finding in seed.findings]


def _date(seed: Seed, row: SeedRow, column: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(row[column])
    except ValueError:
        seed.report(row, f"{column} is {row[column] or 'empty'}", "Give a date, like 2026-01-31")
        return None


def _check_version(seed: Seed, row: SeedRow, as_of: dt.date) -> None:
    version = row["score_version"]
    for column in ("owner_role", "rationale", "evidence"):
        if not row[column]:
            seed.report(row, f"version {version} has no {column}", f"Fill in {column}")
    start, review = _date(seed, row, "valid_from"), _date(seed, row, "review_by")
    if start and review and review <= start:
        seed.report(
            row,
            f"version {version} is to be reviewed before it is in force",
            "Set review_by after valid_from",
        )
    if review and review <= as_of:
        seed.report(
            row,
            f"the review of version {version} was due on {review}",
            "Review it; then publish another version, or set a later review_by",
            WARNING,
        )


def _check_approvals(seeds: dict[str, Seed], version: SeedRow) -> None:
    approvals, functions = seeds["version_approvals"], seeds["approval_functions"]
    name, given = version["score_version"], set()
    start = _date(seeds["model_versions"], version, "valid_from")
    for row in approvals.rows:
        if row["score_version"] != name:
            continue
        given.add(row["function_id"])
        if row["function_id"] not in functions.values("function_id"):
            approvals.report(
                row,
                f"the unknown function {row['function_id']} approves",
                "Use a function_id of approval_functions.csv",
            )
        approved = _date(approvals, row, "approved_on")
        if approved and start and approved > start:
            approvals.report(
                row,
                f"version {name} is back-dated: in force from {start}, approved by"
                f" {row['function_id']} on {approved}",
                "Set valid_from to the last approval or later",
            )
    for row in functions.rows:
        if row["is_required"] == "true" and row["function_id"] not in given:
            seeds["model_versions"].report(
                version,
                f"version {name} is published without the approval of {row['function_id']}",
                "Add the approval to version_approvals.csv, or set is_published to false",
            )


def _check_seals(seed: Seed, root: Path, version: str) -> None:
    if not sealed_hashes(root, version):
        seed.report(
            None, f"the published version {version} is not sealed", f"Run `health seal {version}`"
        )
        return
    for part in changed_parts(root, version):
        line = next(
            (r for r in seed.rows if (r["score_version"], r["part"]) == (version, part)), None
        )
        seed.report(
            line,
            f"{part} of the published version {version} has changed",
            "Put its rows back, and give the new ones a score_version of their own",
        )


def _check_proposals(seeds: dict[str, Seed], root: Path) -> None:
    """The published weight of a dimension is the median of what the functions proposed."""
    proposals, mixes = seeds["weight_proposals"], seeds["objective_mixes"]
    published = read_seed(root, "seeds/scoring_model/objective_weights.csv")
    for keys, rows in proposals.groups("score_version", "function_id", "objective_id").items():
        total = math.fsum(row.number("weight") or 0 for row in rows)
        if abs(total - 1) > TOLERANCE:
            proposals.report(
                rows[0],
                f"the weights that {keys[1]} proposes for {keys[2]} sum to {total:.10g}, not to 1",
                "Correct the proposal",
            )
    medians = {
        key: statistics.median(row.number("weight") or 0 for row in rows)
        for key, rows in proposals.groups("score_version", "objective_id", "dimension_id").items()
    }
    totals: dict[tuple[str, str], float] = {}
    for (version, objective, _), median in medians.items():
        totals[version, objective] = totals.get((version, objective), 0) + median
    shares = {
        (v, o, d): median / totals[v, o] for (v, o, d), median in medians.items() if totals[v, o]
    }
    for row in published.rows:
        version, objective, dimension = (
            row["score_version"], row["objective_id"], row["dimension_id"],
        )  # fmt: skip
        parts = [
            ((row.number("share") or 0), row["part_objective_id"])
            for row in mixes.rows
            if (row["score_version"], row["objective_id"]) == (version, objective)
        ] or [(1.0, objective)]
        known = [shares.get((version, part, dimension)) for _, part in parts]
        if None in known or row.number("weight") is None:
            continue
        expected = math.fsum(s * (k or 0) for (s, _), k in zip(parts, known, strict=True))
        if abs(expected - (row.number("weight") or 0)) > TOLERANCE:
            first = next((r for r in proposals.rows if r["dimension_id"] == dimension), None)
            proposals.report(
                first,
                f"the proposals for {dimension} in {objective} come to {expected:.6g}, and"
                f" {row['weight']} is published ({published.file}:{row.line})",
                "Add the proposal that explains the published weight, or correct the weight",
            )
