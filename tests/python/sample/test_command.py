"""The command: formats, summaries, and folders that survive a failure."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scripts.cli import app
from scripts.lib.sample import market

RUNNER = CliRunner()


def _arguments(folder: Path, *more: str) -> list[str]:
    target = ["--raw-dir", str(folder / "raw"), "--truth-dir", str(folder / "truth")]
    return ["sample", "--accounts", "40", "--months", "8", *target, *more]


def test_csv_files_and_a_summary_for_machines(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, _arguments(tmp_path, "--format", "csv", "--json"))
    assert result.exit_code == 0
    summary = json.loads(result.stdout)
    assert summary["rows"]["product_events.tracks"] > 100
    files = {str(p.relative_to(tmp_path / "raw")) for p in (tmp_path / "raw").glob("*/*.csv")}
    assert len(files) == len(summary["rows"])
    text = (tmp_path / "raw" / "zendesk" / "ticket.csv").read_text()
    assert "+02:00" in text


@pytest.mark.parametrize("file_format", ["parquet", "csv"])
def test_a_manifest_names_every_file(tmp_path: Path, file_format: str) -> None:
    result = RUNNER.invoke(app, _arguments(tmp_path, "--format", file_format, "--json"))
    rows = json.loads(result.stdout)["rows"]
    counted = {}
    for manifest in (tmp_path / "raw").glob("*/_manifest.json"):
        for name, entry in json.loads(manifest.read_text())["files"].items():
            content = (manifest.parent / name).read_bytes()
            assert hashlib.sha256(content).hexdigest() == entry["sha256"]
            counted[f"{manifest.parent.name}.{name.split('.')[0]}"] = entry["rows"]
    assert counted == rows


def test_a_table_for_people(tmp_path: Path) -> None:
    result = RUNNER.invoke(app, _arguments(tmp_path))
    assert result.exit_code == 0
    assert "salesforce.account" in result.stdout


def test_foreign_files_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    own = tmp_path / "raw" / "own.txt"
    own.write_text("mine")
    result = RUNNER.invoke(app, _arguments(tmp_path))
    assert result.exit_code == 3
    assert own.read_text() == "mine"


def test_a_failed_run_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert RUNNER.invoke(app, _arguments(tmp_path)).exit_code == 0
    before = sorted((tmp_path / "raw").rglob("*.parquet"))

    def fail(world: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(market, "write", fail)
    assert RUNNER.invoke(app, _arguments(tmp_path, "--seed", "8")).exit_code == 1
    assert sorted((tmp_path / "raw").rglob("*.parquet")) == before
    assert json.loads((tmp_path / "raw" / "_sample.json").read_text())["seed"] == 7
