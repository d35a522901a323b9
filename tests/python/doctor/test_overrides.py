"""Bad rules and bad rows of the ledger: the doctor names file and row."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest
from support.broken_seeds import break_seed, copied_seeds
from support.ledgers import entry, frame
from support.running import health

from scripts.lib.doctor.overrides import check_rules
from scripts.lib.findings import ERROR
from scripts.lib.overrides.rules import FOLDER

OLD = dt.datetime(2025, 12, 20, 12)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the rules that can be broken."""
    return copied_seeds(FOLDER, tmp_path)


def test_the_rules_are_sound(project: Path) -> None:
    assert check_rules(project) == []


@pytest.mark.parametrize(
    ("seed", "old", "new", "message"),
    [
        ("override_settings", "o1,true,90", "o1,true,none", "longest_days 'none'"),
        ("override_settings", "o1,true,90", "o1,false,90", "0 versions are published"),
        ("override_kinds", "cap,Ceiling", "lid,Ceiling", "unknown kind lid"),
        ("override_kinds", "floor,Floor,0,", "floor,Floor,,", "lowest_amount ''"),
        ("override_kinds", "cap,Ceiling", "delta,Ceiling", "stands already on row 2"),
        ("override_reasons", "known_risk,Known risk", "known_risk,", "no reason_name"),
        ("override_roles", "csm,Customer success manager,true", "csm,Manager,maybe",
         "may_write 'maybe'"),
        ("override_faults", "unknown_account,2", "unknown_account,two", "fault_rank 'two'"),
    ],
)  # fmt: skip
def test_a_fault_is_found_at_its_row(
    project: Path, seed: str, old: str, new: str, message: str
) -> None:
    row = break_seed(project / FOLDER / f"{seed}.csv", old, new)
    found = [finding for finding in check_rules(project) if message in finding.message]
    assert found, [finding.message for finding in check_rules(project)]
    assert {finding.severity for finding in found} == {ERROR}
    expected = None if "published" in message else row
    assert [(finding.file, finding.row) for finding in found] == [
        (f"{FOLDER}/{seed}.csv", expected)
    ]


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_the_doctor_names_file_and_row_of_an_override_without_a_reason(
    tmp_path: Path, suffix: str
) -> None:
    ledger = [
        entry(1, created_at=OLD),
        entry(2, created_at=OLD, account_id="A2", reason_code=""),
        entry(3, created_at=OLD, account_id="A3", reason_code="mood"),
        entry(4, created_at=OLD - dt.timedelta(days=300), account_id="A4", reason_code="mood"),
    ]
    folder = tmp_path / "decisions"
    folder.mkdir()
    path = folder / f"overrides.{suffix}"
    rows = frame(ledger).with_columns(pl.col("reason_code").replace("", None))
    rows.write_parquet(path) if suffix == "parquet" else rows.write_csv(path)
    result = health("doctor", "--json", raw_dir=tmp_path, derived_dir=tmp_path / "derived")
    assert result.exit_code == 2
    found = [row for row in json.loads(result.stdout)["findings"] if row["file"] == str(path)]
    assert [(row["severity"], row["row"]) for row in found] == [("error", 2), ("warning", 3)]
    assert "missing reason_code" in found[0]["message"]
    assert "ovr_2|2025-12-20" in found[0]["message"]
    assert "ovr_3 never acts: the reason is none of the allowed ones" in found[1]["message"]


def test_a_damaged_ledger_is_an_error_and_no_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "decisions"
    folder.mkdir()
    (folder / "overrides.parquet").write_bytes(b"no parquet at all")
    result = health("doctor", "--json", raw_dir=tmp_path, derived_dir=tmp_path / "derived")
    assert result.exit_code == 2
    found = json.loads(result.stdout)["findings"]
    assert any("overrides.parquet cannot be read" in row["message"] for row in found)
