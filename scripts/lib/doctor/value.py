"""Checks of the value model: one version, every class and band has its row, numbers make sense."""

from __future__ import annotations

from itertools import pairwise
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

FOLDER = "seeds/value_model"
KEYS = {
    "value_settings": ("value_version",),
    "churn_calibrations": ("calibration_version",),
    "contract_exposures": ("contract_type",),
    "band_contractions": ("score_version", "band"),
    "value_classes": ("value_version", "value_class"),
    "risk_classes": ("value_version", "risk_class"),
    "value_risk_cells": ("value_version", "value_class", "risk_class"),
    "retention_windows": ("window_months",),
    "account_costs": ("account_id", "cost_type", "valid_from"),
}
COEFFICIENTS = (
    "reference_score", "intercept", "score_coefficient", "monthly_coefficient",
    "renewing_coefficient", "far_score_coefficient",
)  # fmt: skip
LAST = "9999-12-31"


def check_value(root: Path) -> list[Finding]:
    """Every finding about the value model of a project."""
    seeds = {name: read_seed(root, f"{FOLDER}/{name}.csv", keys) for name, keys in KEYS.items()}
    for name, keys in KEYS.items():
        check_keys(seeds[name], keys)
    _check_settings(seeds["value_settings"])
    _check_calibrations(
        seeds["churn_calibrations"], read_seed(root, "seeds/scoring_model/objectives.csv")
    )
    _check_exposures(
        seeds["contract_exposures"], read_seed(root, "seeds/mappings/contract_types.csv")
    )
    _check_contractions(
        seeds["band_contractions"], read_seed(root, "seeds/scoring_model/bands.csv")
    )
    for name, lower, upper in (
        ("value_classes", "lower_amount", "upper_amount"),
        ("risk_classes", "lower_probability", "upper_probability"),
    ):
        for rows in seeds[name].groups("value_version").values():
            check_ranges(seeds[name], rows, lower, upper)
    _check_cells(seeds)
    for row in seeds["retention_windows"].rows:
        check_above_zero(seeds["retention_windows"], row, "window_months")
    for row in seeds["account_costs"].rows:
        check_number(seeds["account_costs"], row, "monthly_amount")
    return [finding for seed in seeds.values() for finding in seed.findings]


def _check_settings(seed: Seed) -> None:
    check_one_published(seed)
    for row in seed.rows:
        check_above_zero(seed, row, "horizon_months")
        check_above_zero(seed, row, "days_in_month")
        check_number(seed, row, "annual_discount_rate")
        check_number(seed, row, "gross_margin_ratio", 0, 1)


def _check_calibrations(seed: Seed, objectives: Seed) -> None:
    for row in seed.rows:
        if row["objective_id"] not in objectives.values("objective_id"):
            seed.report(
                row, f"there is no objective {row['objective_id']}", "Use one of objectives.csv"
            )
        for column in ("score_step", "horizon_days"):
            check_above_zero(seed, row, column)
        check_number(seed, row, "lead_days")
        for column in COEFFICIENTS:
            check_number(seed, row, column, None)
        if not row["evidence"]:
            seed.report(row, "evidence is empty", "Say assumed, or what it was fitted on")
    for (objective,), rows in seed.groups("objective_id").items():
        ordered = sorted(rows, key=lambda row: row["valid_from"])
        for earlier, later in pairwise(ordered):
            if (earlier["valid_to"] or LAST) > later["valid_from"]:
                seed.report(
                    later,
                    f"{earlier['calibration_version']} and {later['calibration_version']} hold at"
                    f" the same time for {objective}",
                    f"Let {earlier['calibration_version']} end at {later['valid_from'] or 'once'}",
                )


def _check_exposures(seed: Seed, types: Seed) -> None:
    for row in seed.rows:
        check_flag(seed, row, "is_monthly")
        check_above_zero(seed, row, "decision_interval_days")
    for name in sorted(types.values("contract_type") - seed.values("contract_type")):
        seed.report(None, f"the contract type {name} has no row", "Add its row")


def _check_contractions(seed: Seed, bands: Seed) -> None:
    for row in seed.rows:
        check_number(seed, row, "contraction_probability", 0, 1)
        check_number(seed, row, "contraction_ratio", 0, 1)
    wanted = bands.groups("score_version", "band").keys()
    for version, band in sorted(wanted - seed.groups("score_version", "band").keys()):
        seed.report(None, f"the band {band} of {version} has no row", "Add its row")


def _check_cells(seeds: dict[str, Seed]) -> None:
    cells = seeds["value_risk_cells"]
    found = cells.groups("value_version", "value_class", "risk_class").keys()
    due = {
        (version, value["value_class"], risk["risk_class"])
        for (version,), values in seeds["value_classes"].groups("value_version").items()
        for value in values
        for risk in seeds["risk_classes"].groups("value_version").get((version,), [])
    }
    for version, value, risk in sorted(due - found):
        cells.report(None, f"{version} has no cell for {value} value and {risk} risk", "Add it")
    for version, value, risk in sorted(found - due):
        rows = cells.groups("value_version", "value_class", "risk_class")
        cells.report(
            rows[version, value, risk][0],
            f"there is no class {value} of value or {risk} of risk in {version}",
            "Use the names of value_classes.csv and risk_classes.csv",
        )
