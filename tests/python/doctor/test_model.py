"""Broken scoring models: each fault is found, with its file and row."""

import shutil
from pathlib import Path

import pytest
from support.project_files import ROOT

from scripts.lib.doctor.model import check_model
from scripts.lib.findings import ERROR, Finding

SEEDS = Path("seeds/scoring_model")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the scoring model that can be broken."""
    shutil.copytree(ROOT / SEEDS, tmp_path / SEEDS)
    return tmp_path


def edit(project: Path, seed: str, old: str, new: str) -> int:
    """Replace the first line that begins with `old`; return its number."""
    path = project / SEEDS / f"{seed}.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith(old))
    lines[number] = lines[number].replace(old, new, 1)
    path.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")
    return number + 1


def only(project: Path, text: str) -> Finding:
    """The one finding that says this."""
    found = [finding for finding in check_model(project) if text in finding.message]
    assert len(found) == 1, [finding.message for finding in check_model(project)]
    assert found[0].severity == ERROR
    assert found[0].advice
    return found[0]


def test_the_scoring_model_is_sound(project: Path) -> None:
    assert check_model(project) == []


def test_weights_that_do_not_sum_to_one(project: Path) -> None:
    edit(project, "objective_weights", "v1,retention,usage,0.3", "v1,retention,usage,0.4")
    finding = only(project, "sum to 1.1 and not to 1")
    assert finding.file == "seeds/scoring_model/objective_weights.csv"
    assert "retention" in finding.message


def test_metric_weights_that_do_not_sum_to_one(project: Path) -> None:
    edit(project, "metric_weights", "v1,usage,U01,0.16", "v1,usage,U01,0.17")
    assert "usage" in only(project, "sum to 1.01 and not to 1").message


def test_overlapping_bands(project: Path) -> None:
    row = edit(project, "bands", "v1,watch,2,55", "v1,watch,2,30")
    finding = only(project, "overlaps band at_risk")
    assert (finding.file, finding.row) == ("seeds/scoring_model/bands.csv", row)


def test_gapped_bands(project: Path) -> None:
    row = edit(project, "bands", "v1,watch,2", "v1,watch,5")
    assert only(project, "leave a gap").row in {row, row + 1}


def test_offsets_that_make_bands_overlap(project: Path) -> None:
    edit(project, "bands", "v1,at_risk,1,35,5", "v1,at_risk,1,35,25")
    assert "offsets" in only(project, "overlap by their offsets").message


def test_knots_that_do_not_increase(project: Path) -> None:
    row = edit(project, "metric_knots", "U01,3,0.50", "U01,3,0.10")
    finding = only(project, "knots of U01 do not increase")
    assert finding.row == row


@pytest.mark.parametrize("column", ["owner", "dimension_id", "value_id"])
def test_a_metric_without(project: Path, column: str) -> None:
    import csv

    path = project / SEEDS / "metrics.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    rows[3][column] = ""
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    finding = only(project, f"metric {rows[3]['metric_id']} has no {column}")
    assert finding.row == 5


def test_a_gate_without_signal(project: Path) -> None:
    row = edit(
        project,
        "gates",
        "v1,G1,Severe ticket open,oldest_sev1_open_business_hours",
        "v1,G1,Severe ticket open,",
    )
    assert only(project, "gate G1 has no signal").row == row


def test_an_unknown_normaliser(project: Path) -> None:
    path = project / SEEDS / "metrics.csv"
    text = path.read_text(encoding="utf-8").replace("piecewise", "wishful", 1)
    path.write_text(text, encoding="utf-8")
    finding = only(project, "unknown normaliser wishful")
    assert "piecewise" in finding.advice


def test_duplicates(project: Path) -> None:
    path = project / SEEDS / "gates.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    finding = only(project, "stands already on row 2")
    assert finding.row == len(lines) + 1


def test_a_missing_seed(project: Path) -> None:
    (project / SEEDS / "bands.csv").unlink()
    assert only(project, "the file is missing").file.endswith("bands.csv")


def test_a_signal_and_a_value_that_nothing_computes(project: Path) -> None:
    folder = project / "models" / "metrics"
    folder.mkdir(parents=True)
    (folder / "values.sql").write_text("select 1 as licence_utilisation_value", encoding="utf-8")
    messages = [finding.message for finding in check_model(project)]
    assert "no model computes the signal notice_active of gate G5" in messages
    assert "no model computes the value stickiness_wau_mau of metric U02" in messages
    assert "no model computes the value licence_utilisation of metric U01" not in messages
