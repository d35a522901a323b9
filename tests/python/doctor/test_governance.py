"""Versions that must not be published as they are: each fault is found, with its file and row."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from support.project_files import ROOT
from typer.testing import CliRunner

from scripts.cli import app
from scripts.lib.doctor.governance import check_governance
from scripts.lib.findings import ERROR, WARNING, Finding
from scripts.lib.governance.seals import changed_parts

GOVERNANCE = "seeds/governance"
AS_OF = dt.date(2025, 12, 31)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the seeds and settings that make up a version."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copy(ROOT / "dbt_project.yml", tmp_path)
    return tmp_path


def edit(project: Path, file: str, old: str, new: str) -> int:
    """Replace in the first line that begins with `old`; return its number."""
    path = project / file
    lines = path.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith(old))
    lines[number] = lines[number].replace(old, new, 1)
    path.write_text("\n".join(line for line in lines if line) + "\n", encoding="utf-8")
    return number + 1


def only(project: Path, text: str, as_of: dt.date = AS_OF) -> Finding:
    findings = check_governance(project, as_of)
    found = [finding for finding in findings if text in finding.message]
    assert len(found) == 1, [finding.message for finding in findings]
    assert found[0].advice
    return found[0]


def test_the_published_version_is_sound(project: Path) -> None:
    assert check_governance(project, AS_OF) == []


def test_a_version_without_a_required_approval(project: Path) -> None:
    edit(project, f"{GOVERNANCE}/version_approvals.csv",
         "v1,finance,Controller,2023-12-14,Payment counts on its own", "")  # fmt: skip
    finding = only(project, "published without the approval of finance")
    assert (finding.severity, finding.file, finding.row) == (
        ERROR, f"{GOVERNANCE}/model_versions.csv", 2,
    )  # fmt: skip


def test_a_back_dated_version(project: Path) -> None:
    row = edit(project, f"{GOVERNANCE}/version_approvals.csv",
               "v1,executive,Chief Customer Officer,2023-12-18",
               "v1,executive,Chief Customer Officer,2024-02-01")  # fmt: skip
    finding = only(project, "back-dated")
    assert (finding.file, finding.row) == (f"{GOVERNANCE}/version_approvals.csv", row)


def test_an_approval_on_the_first_day_is_in_time(project: Path) -> None:
    edit(project, f"{GOVERNANCE}/version_approvals.csv",
         "v1,executive,Chief Customer Officer,2023-12-18",
         "v1,executive,Chief Customer Officer,2024-01-01")  # fmt: skip
    assert check_governance(project, AS_OF) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "part"),
    [
        ("seeds/scoring_model/metric_weights.csv", "v1,usage,U01,0.16", "v1,usage,U01,0.17",
         "scoring_model/metric_weights"),
        ("seeds/scoring_model/metric_knots.csv", "U01,3,0.50,50", "U01,3,0.50,51",
         "scoring_model/metric_knots"),
        ("seeds/scoring_model/gate_objectives.csv", "v1,G1,retention", "v1,G1,growth",
         "scoring_model/gate_objectives"),
        ("seeds/scorecards/card_weights.csv", "v1,onboarding,dimension,*,usage,multiplier,0.8",
         "v1,onboarding,dimension,*,usage,multiplier,0.9", "scorecards/card_weights"),
        ("seeds/scoring_model/metric_priors.csv", "v1,U01,71.87", "v1,U01,71.88",
         "scoring_model/metric_priors"),
        ("seeds/mappings/event_severities.csv", "competitor_evaluation,4",
         "competitor_evaluation,5", "mappings/event_severities"),
        ("seeds/scoring_model/peer_schemes.csv", "segment,segment,", "segment,plan_tier,",
         "scoring_model/peer_schemes"),
        ("dbt_project.yml", "    licence_utilisation:", "    licence_utilization:",
         "metric_parameters"),
    ],
)  # fmt: skip
def test_a_published_version_that_changed(
    project: Path, file: str, old: str, new: str, part: str
) -> None:
    edit(project, file, old, new)
    finding = only(project, f"{part} of the published version v1 has changed")
    assert finding.file == f"{GOVERNANCE}/version_seals.csv"
    assert finding.row is not None


def test_words_may_be_bettered_and_rows_reordered(project: Path) -> None:
    edit(project, "seeds/scoring_model/gates.csv", "v1,G1,Severe ticket open", "v1,G1,Bad ticket")
    path = project / "seeds" / "scoring_model" / "metric_weights.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *reversed(rows)]).replace("0.2,", "0.20,"), encoding="utf-8")
    assert changed_parts(project, "v1") == []


def test_rows_of_another_version_do_not_break_the_seal(project: Path) -> None:
    path = project / "seeds" / "scoring_model" / "objective_weights.csv"
    text = path.read_text(encoding="utf-8")
    copied = [line.replace("v1,", "v2,", 1) for line in text.splitlines()[1:]]
    path.write_text(text + "\n".join(copied) + "\n", encoding="utf-8")
    assert changed_parts(project, "v1") == []


def test_a_version_that_was_never_sealed(project: Path) -> None:
    path = project / GOVERNANCE / "version_seals.csv"
    path.write_text("score_version,part,sha256\n", encoding="utf-8")
    assert only(project, "is not sealed").advice == "Run `health seal v1`"


def test_an_overdue_review_is_told_and_stops_nothing(project: Path) -> None:
    assert check_governance(project, dt.date(2026, 6, 29)) == []
    finding = only(project, "was due on 2026-06-30", dt.date(2026, 6, 30))
    assert finding.severity == WARNING


def test_a_weight_that_no_proposals_explain(project: Path) -> None:
    edit(project, "seeds/scoring_model/objective_weights.csv",
         "v1,growth,usage,0.22", "v1,growth,usage,0.23")  # fmt: skip
    assert "0.22, and 0.23 is published" in only(project, "usage in growth").message


def test_a_proposal_that_does_not_add_up(project: Path) -> None:
    row = edit(project, f"{GOVERNANCE}/weight_proposals.csv",
               "v1,executive,retention,market,0.04",
               "v1,executive,retention,market,0.05")  # fmt: skip
    assert only(project, "executive proposes for retention sum to 1.01").row in range(2, row + 1)


def test_sealing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTH_PROJECT_DIR", str(project))
    edit(project, "seeds/scoring_model/objective_weights.csv",
         "v1,growth,usage,0.22", "v1,growth,usage,0.23")  # fmt: skip
    assert CliRunner().invoke(app, ["seal", "v1"]).exit_code == 1
    assert CliRunner().invoke(app, ["seal", "v9"]).exit_code == 2
    assert CliRunner().invoke(app, ["seal", "v1", "--replace"]).exit_code == 0
    assert changed_parts(project, "v1") == []
