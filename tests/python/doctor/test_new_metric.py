"""A metric that reuses a value is rows in the files that docs/add_a_metric.md names, no more."""

import csv
import shutil
from pathlib import Path

import pytest
from support.project_files import ROOT

from scripts.lib.doctor.examine import examine
from scripts.lib.findings import ERROR
from scripts.lib.governance.seals import changed_parts
from scripts.lib.settings import Settings

MODEL = "seeds/scoring_model"
NEW, LIKE = "E09", "U01"
# Of these the new metric has rows like those of the metric whose value it uses.
ROWS = (
    f"{MODEL}/metrics.csv",
    f"{MODEL}/metric_knots.csv",
    f"{MODEL}/metric_priors.csv",
    "seeds/export_model/customer_metric_texts.csv",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The project with seeds that can be changed."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for name in ("dbt_project.yml", "macros", "models", "config"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def errors(project: Path) -> list[str]:
    nowhere = project / "nowhere"
    return [
        f"{finding.place}: {finding.message}"
        for finding in examine(Settings(project, nowhere, nowhere, nowhere, None))
        if finding.severity == ERROR and finding.file.startswith("seeds")
    ]


def add_metric(project: Path) -> None:
    for file in ROWS:
        change(project / file, lambda rows: [
            *rows, *({**row, "metric_id": NEW} for row in rows if row["metric_id"] == LIKE),
        ])  # fmt: skip


def change(path: Path, changed) -> None:  # type: ignore[no-untyped-def]
    with path.open(encoding="utf-8", newline="") as handle:
        rows = changed(list(csv.DictReader(handle)))
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_rows_are_enough_and_the_published_version_stays_sealed(project: Path) -> None:
    add_metric(project)
    assert errors(project) == []
    assert changed_parts(project, "v1") == []


def test_the_typical_score_of_an_own_metric_is_sealed(project: Path) -> None:
    change(project / f"{MODEL}/metric_priors.csv", lambda rows: [
        {**row, "typical_score": "1"} if row["metric_id"] == LIKE else row for row in rows
    ])  # fmt: skip
    assert changed_parts(project, "v1") == ["scoring_model/metric_priors"]


def test_a_file_that_is_forgotten_is_named(project: Path) -> None:
    add_metric(project)
    change(project / ROWS[3], lambda rows: [row for row in rows if row["metric_id"] != NEW])
    (found,) = errors(project)
    assert found == f"{ROWS[3]}: nobody has decided what a customer is told about {NEW}"


def test_the_page_names_every_file() -> None:
    page = (ROOT / "docs/add_a_metric.md").read_text(encoding="utf-8")
    assert not [file for file in (*ROWS, f"{MODEL}/metric_weights.csv") if file not in page]
