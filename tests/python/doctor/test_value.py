"""A broken value or export model: each fault is found, with its file and row."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.broken_seeds import break_seed
from support.project_files import ROOT

from scripts.lib.doctor.exports import check_exports
from scripts.lib.doctor.value import check_value
from scripts.lib.findings import ERROR, Finding

VALUE, EXPORT = "seeds/value_model", "seeds/export_model"
CHECKS: dict[str, Callable[[Path], list[Finding]]] = {VALUE: check_value, EXPORT: check_exports}
CELLS, TEXTS = f"{VALUE}/value_risk_cells.csv", f"{EXPORT}/customer_metric_texts.csv"
# A fault that is the lack of a row has no row.
NOWHERE = 0


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the seeds that can be broken."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path


@pytest.mark.parametrize("folder", CHECKS)
def test_the_seeds_are_sound(project: Path, folder: str) -> None:
    assert CHECKS[folder](project) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "message"),
    [
        (f"{VALUE}/value_settings.csv", "m1,true", "m1,false", NOWHERE, "0 versions are published"),
        (f"{VALUE}/value_settings.csv", ",0.75,", ",1.2,", 2, "gross_margin_ratio is 1.2"),
        (f"{VALUE}/value_settings.csv", ",36,", ",0,", 2, "horizon_months is 0"),
        (f"{VALUE}/value_settings.csv", ",0.10,", ",-0.1,", 2, "annual_discount_rate is -0.1"),
        (f"{VALUE}/churn_calibrations.csv", "c1,retention", "c1,joy", 2, "no objective joy"),
        (f"{VALUE}/churn_calibrations.csv", ",-4.1,", ",nan,", 2, "intercept is nan"),
        (f"{VALUE}/churn_calibrations.csv", ",60,10,", ",60,0,", 2, "score_step is 0"),
        (f"{VALUE}/churn_calibrations.csv", "assumed,", ",", 2, "evidence is empty"),
        (f"{VALUE}/contract_exposures.csv", "multi_year,false,730\n", "", NOWHERE, "multi_year"),
        (f"{VALUE}/contract_exposures.csv", "true,180", "maybe,180", 2, "is_monthly is maybe"),
        (f"{VALUE}/band_contractions.csv", "v1,watch,0.10", "v1,watch,1.1", 4, "is 1.1"),
        (f"{VALUE}/band_contractions.csv", "v1,watch", "v2,watch", NOWHERE, "watch of v1 has no"),
        (f"{VALUE}/value_classes.csv", "2,10000", "2,12000", 3, "begins at 12000, the one before"),
        (f"{VALUE}/risk_classes.csv", "3,0.15,", "3,0.15,0.9", 4, "nothing stands above 0.9"),
        (f"{VALUE}/risk_classes.csv", "low,1,,0.05", "low,1,0.01,0.05", 2, "begins at 0.01"),
        (CELLS, "m1,low,low", "m1,low,none", 10, "none of risk in m1"),
        (CELLS, "m1,low,low", "m1,low,none", NOWHERE, "low value and low"),
        (f"{VALUE}/retention_windows.csv", "12,year", "3,year", 4, "stands already on row 3"),
        (f"{EXPORT}/export_settings.csv", "x1,true,255", "x1,true,0", 2, "text_length is 0"),
        (f"{EXPORT}/export_settings.csv", ",overall,", ",joy,", 2, "no objective joy"),
        (f"{EXPORT}/customer_levels.csv", "Good,55,70", "Good,55,65", 5, "before ends at 65"),
        (TEXTS, "U01,", "U99,", 2, "there is no metric U99"),
        (TEXTS, "U01,", "U99,", NOWHERE, "is told about U01"),
        (TEXTS, "U07,true", "U07,false", 8, "not shown and has a"),
        (TEXTS, "N04,false", "N04,true", 33, "has no strength_text"),
        (TEXTS, "N04,false", "N04,perhaps", 33, "is_shown is perhaps"),
        (TEXTS, "Our own judgement", "", 33, "why N04 is held back"),
        (f"{EXPORT}/crm_destinations.csv", "hubspot,", "salesforce,", 3, "stands already on row 2"),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_row(
    project: Path, file: str, old: str, new: str, row: int, message: str
) -> None:
    break_seed(project / file, old, new)
    found = CHECKS[file.rsplit("/", 1)[0]](project)
    [finding] = [one for one in found if message in one.message] or [None]
    assert finding, [one.message for one in found]
    assert (finding.severity, finding.file, finding.row or NOWHERE) == (ERROR, file, row)


def test_two_calibrations_at_one_time_are_found(project: Path) -> None:
    path = project / VALUE / "churn_calibrations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    later = lines[1].replace("c1,retention,,", "c2,retention,2025-01-01,", 1)
    path.write_text("\n".join([*lines, later]) + "\n", encoding="utf-8")
    [finding] = check_value(project)
    assert (finding.row, "c1 and c2 hold at the same time" in finding.message) == (3, True)


def test_a_missing_seed_is_a_finding(project: Path) -> None:
    (project / EXPORT / "customer_levels.csv").unlink()
    assert [finding.message for finding in check_exports(project)] == ["the file is missing"]
