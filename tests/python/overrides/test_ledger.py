"""The files of the ledger: nothing is lost, nothing is changed, and each fault has its place."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from pathlib import Path

import duckdb
import polars as pl
import pytest
from support.ledgers import TODAY, entry, frame, rules, write_ledger
from support.project_files import ROOT

from scripts.lib.console import HealthError
from scripts.lib.gate.manifest import read_manifest, sha256_of, write_manifests
from scripts.lib.overrides.ledger import (
    OVERRIDES,
    WITHDRAWALS,
    append,
    ledger_lock,
    read_ledger,
)
from scripts.lib.settings import Settings

CLOCK = rules().clock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(ROOT, tmp_path / "health.duckdb", tmp_path / "raw", tmp_path / "derived", None)


def parts(settings: Settings, table: str = OVERRIDES) -> list[Path]:
    return sorted((settings.raw_dir / "decisions" / table).glob("*"))


def test_entries_become_parts_that_are_never_changed(settings: Settings) -> None:
    first, second = entry(1), entry(2, account_id="A2", approver="bob", approver_role="cs_lead")
    append(settings, OVERRIDES, asdict(first))
    before = {path: path.read_bytes() for path in parts(settings)}
    append(settings, OVERRIDES, asdict(second))
    assert len(parts(settings)) == 2
    assert all(path.read_bytes() == content for path, content in before.items())
    found = read_ledger(settings, CLOCK)
    assert not found.broken
    plain = [{**asdict(row), "file": "", "row": None} for row in found.entries]
    assert plain == [asdict(first), asdict(second)]


def test_a_withdrawal_is_a_word_of_its_own(settings: Settings) -> None:
    append(settings, OVERRIDES, asdict(entry(1)))
    for day, hour in ((5, 9), (3, 9)):
        at = dt.datetime.combine(TODAY + dt.timedelta(days=day), dt.time(hour))
        append(
            settings, WITHDRAWALS,
            {"override_id": "ovr_1", "author": "bob", "author_role": "cs_lead",
             "withdrawn_at": at, "recorded_at": at},
        )  # fmt: skip
    assert read_ledger(settings, CLOCK).entries[0].withdrawn_on == TODAY + dt.timedelta(days=3)


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_a_ledger_in_one_file_goes_on_as_parts(settings: Settings, suffix: str) -> None:
    write_ledger(settings.raw_dir, [entry(1)])
    whole = settings.raw_dir / "decisions" / "overrides.parquet"
    if suffix == "csv":
        frame([entry(1)]).write_csv(whole.with_suffix(".csv"))
        whole.unlink()
    write_manifests(settings.raw_dir)
    append(settings, OVERRIDES, asdict(entry(2, account_id="A2")))
    assert not whole.exists() and not whole.with_suffix(".csv").exists()
    assert [row.override_id for row in read_ledger(settings, CLOCK).entries] == ["ovr_2", "ovr_1"]
    folder = settings.raw_dir / "decisions"
    listed = read_manifest(folder)
    assert listed is not None
    assert {name: row.sha256 for name, row in listed.items()} == {
        path.relative_to(folder).as_posix(): sha256_of(path) for path in parts(settings)
    }


def test_until_the_part_is_written_the_old_file_is_what_counts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ledger(settings.raw_dir, [entry(1)])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(HealthError, match="cannot be written: No space left"):
        append(settings, OVERRIDES, asdict(entry(2)))
    monkeypatch.undo()
    assert [row.override_id for row in read_ledger(settings, CLOCK).entries] == ["ovr_1"]
    append(settings, OVERRIDES, asdict(entry(2)))
    assert len(read_ledger(settings, CLOCK).entries) == 2


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("reason_code", None, "missing_reason_code"),
        ("reason_code", " ", "missing_reason_code"),
        ("author", None, "missing_author"),
        ("evidence", "", "missing_evidence"),
        ("override_id", None, "missing_key"),
        ("amount", "a lot", "unparsable_amount"),
        ("amount", "nan", "missing_amount"),
        ("amount", "101", "out_of_range_amount"),
        ("expires_on", "soon", "unparsable_expires_on"),
        ("expires_on", None, "missing_expires_on"),
    ],
)
def test_a_row_that_is_not_complete_is_told_with_file_and_row(
    settings: Settings, column: str, value: str | None, reason: str
) -> None:
    rows = frame([entry(1), entry(2), entry(3)]).with_columns(pl.all().cast(pl.String))
    changed = pl.when(pl.int_range(pl.len()) == 1).then(pl.lit(value)).otherwise(pl.col(column))
    folder = settings.raw_dir / "decisions"
    folder.mkdir(parents=True)
    rows.with_columns(changed.alias(column)).write_parquet(folder / "overrides.parquet")
    found = read_ledger(settings, CLOCK)
    assert [row.override_id for row in found.entries] == ["ovr_1", "ovr_3"]
    told = [(row.file, row.row, row.reason) for row in found.broken]
    assert told == [(str(folder / "overrides.parquet"), 2, reason)]


def test_an_entry_that_was_written_over_is_known(settings: Settings) -> None:
    later = entry(1).recorded_at + dt.timedelta(days=3)
    changed = entry(1, amount=15.0, recorded_at=later)
    write_ledger(settings.raw_dir, [entry(1), changed, entry(2), entry(2)])
    first, second = read_ledger(settings, CLOCK).entries
    assert (first.is_rewritten, first.amount, first.recorded_at) == (
        True, 15.0, entry(1).recorded_at,
    )  # fmt: skip
    assert not second.is_rewritten


def test_a_damaged_part_stops_with_its_name(settings: Settings) -> None:
    append(settings, OVERRIDES, asdict(entry(1)))
    parts(settings)[0].write_bytes(b"no parquet")
    with pytest.raises(HealthError, match="cannot be read"):
        read_ledger(settings, CLOCK)


def test_one_writer_at_a_time(settings: Settings) -> None:
    with (
        ledger_lock(settings),
        pytest.raises(HealthError, match="Somebody else") as error,
        ledger_lock(settings),
    ):
        pass
    assert error.value.exit_code == 75


def test_staging_reads_what_the_command_writes(settings: Settings) -> None:
    """The types of a part are those of the contract, so that parts of both kinds go together."""
    write_ledger(settings.raw_dir, [entry(1)])
    append(settings, OVERRIDES, asdict(entry(2)))
    pattern = settings.raw_dir / "decisions" / "overrides" / "*.parquet"
    with duckdb.connect() as connection:
        described = connection.execute(
            f"describe select * from read_parquet('{pattern}', union_by_name = true)"
        ).fetchall()
    types = {row[0]: row[1] for row in described}
    assert types["amount"] == "DOUBLE"
    assert types["created_at"] == types["recorded_at"] == "TIMESTAMP"
    assert types["valid_from"] == types["expires_on"] == "DATE"


def test_nothing_else_is_left_in_the_folder(settings: Settings) -> None:
    append(settings, OVERRIDES, asdict(entry(1)))
    left = {path.name for path in (settings.raw_dir / "decisions").rglob("*") if path.is_file()}
    assert left == {"20250601T120100-ovr_1.parquet"}
