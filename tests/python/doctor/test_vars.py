"""Vars that a run depends on."""

import shutil
from pathlib import Path

import pytest
from support.project_files import ROOT
from support.running import health

from scripts.lib.doctor.examine import check_vars
from scripts.lib.settings import load_settings


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "dbt_project.yml", tmp_path)
    return tmp_path


def messages(project: Path) -> list[str]:
    return [finding.message for finding in check_vars(load_settings(root=project))]


def test_the_project_is_sound() -> None:
    assert messages(ROOT) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('as_of_date: "2025-12-31"', 'as_of_date: "2025-13-31"', "as_of_date is not a date"),
        ("spine_grain: week", "spine_grain: day", "spine_grain is 'day'"),
        ("history_periods: 104", "history_periods: 0", "history_periods is 0"),
        ("source_format: parquet", "source_format: excel", "source_format is 'excel'"),
        ("reporting_time_zone: UTC", "reporting_time_zone: Mars", "reporting_time_zone is 'Mars'"),
        ("ingestion_grace_hours: 24", "ingestion_grace_hours: soon", "ingestion_grace_hours"),
    ],
)
def test_a_var_that_means_nothing(project: Path, old: str, new: str, message: str) -> None:
    path = project / "dbt_project.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = messages(project)
    assert len(found) == 1
    assert message in found[0]


def test_the_environment_is_checked_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTH_AS_OF_DATE", "yesterday")
    assert messages(ROOT) == ["HEALTH_AS_OF_DATE is not a date: yesterday"]


def test_a_project_file_that_is_no_yaml(project: Path) -> None:
    (project / "dbt_project.yml").write_text("vars: [", encoding="utf-8")
    assert "cannot be read" in messages(project)[0]


def test_the_command_says_so(monkeypatch: pytest.MonkeyPatch, project: Path) -> None:
    path = project / "dbt_project.yml"
    path.write_text("vars: {}", encoding="utf-8")
    result = health("doctor", project_dir=project)
    assert result.exit_code == 2
    assert "dbt_project.yml" in result.stdout
