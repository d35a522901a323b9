"""The random histories of loads: repeatable, and with everything in them that may happen."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import polars as pl
import pytest
from support.load_events import EVENTS, LARGE
from support.load_sequences import Sequence, make_sequence

from scripts.lib.raw_files import find_table
from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.schema import TABLES

SEEDS = range(100, 113)


@pytest.fixture(scope="module")
def sequences(
    sampled_raw: Path, sampled_world: WorldConfig, tmp_path_factory: pytest.TempPathFactory
) -> list[Sequence]:
    folder = tmp_path_factory.mktemp("histories")
    return [
        make_sequence(sampled_raw, sampled_world.end, folder / str(seed), seed) for seed in SEEDS
    ]


def rows_of(raw_dir: Path, system: str, table: str) -> pl.DataFrame:
    found = find_table(raw_dir / system, system, (table,))
    assert found is not None, f"{raw_dir}: {system}.{table}"
    return pl.read_parquet(found.path / "*.parquet" if found.path.is_dir() else found.path)


def hashes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def test_a_number_tells_everything(
    sequences: list[Sequence], sampled_raw: Path, sampled_world: WorldConfig, tmp_path: Path
) -> None:
    again = make_sequence(sampled_raw, sampled_world.end, tmp_path, SEEDS[0])
    assert again.tell() == sequences[0].tell()
    first = sequences[0].loads[0].raw_dir.parents[1]
    assert hashes(first) == hashes(tmp_path)
    assert f"HEALTH_SEQUENCES={SEEDS[0]}" in again.tell()


def test_every_load_has_every_table_with_its_columns(sequences: list[Sequence]) -> None:
    for sequence in sequences:
        for load in sequence.loads:
            for (system, table), spec in TABLES.items():
                assert dict(rows_of(load.raw_dir, system, table).schema) == spec.columns


def test_a_load_shares_the_files_that_it_leaves_alone(sequences: list[Sequence]) -> None:
    shared = 0
    for sequence in sequences:
        for before, after in zip(sequence.loads, sequence.loads[1:], strict=False):
            known = {path.stat().st_ino for path in before.raw_dir.rglob("*.parquet")}
            for path in after.raw_dir.rglob("*.parquet"):
                same = before.raw_dir / path.relative_to(after.raw_dir)
                if path.stat().st_ino in known:
                    assert same.samefile(path)
                    shared += 1
    assert shared > 1_000


def test_a_load_adds_and_a_date_moves(sequences: list[Sequence]) -> None:
    steps = set()
    for sequence in sequences:
        assert 2 <= len(sequence.loads) <= 5
        for before, after in zip(sequence.loads, sequence.loads[1:], strict=False):
            assert hashes(before.raw_dir) != hashes(after.raw_dir)
            assert before.variables == after.variables
            steps.add((after.as_of - before.as_of).days)
    assert {0, 1} < steps <= {0, 1, 2, 3}


def test_everything_happens(sequences: list[Sequence]) -> None:
    """In these few histories already; both grids, tables in parts, and every kind of event."""
    told = "\n".join(sequence.tell() for sequence in sequences)
    assert {sequence.loads[0].variables["spine_grain"] for sequence in sequences} == {
        "month",
        "week",
    }
    words = (
        "late, now on the clock", "late, then on the clock", "again, byte-equal", "again, later",
        "corrected in", "silent", "version", "in place", "flagged as deleted", "gone",
        "merged into", "accounts with another", "linked to account", "is new", "is emptied",
        "is written again", "is joined to", "lands nothing", "parts instead of a file",
    )  # fmt: skip
    assert [word for word in words if word not in told] == []
    assert len(EVENTS) == 11
    touched = re.findall(r"^    (\w+\.\w+):", told, re.MULTILINE)
    assert sum(name in LARGE for name in touched) > len(touched) / 2
    assert len(set(touched)) > 20


def test_late_rows_are_missing_until_they_come(
    sequences: list[Sequence], sampled_raw: Path
) -> None:
    """Events lie before the first state, and in it they are not."""
    for sequence in sequences:
        first = rows_of(sequence.loads[0].raw_dir, "product_events", "tracks")
        cut = first["received_at"].max()
        world = pl.read_parquet(sampled_raw / "product_events" / "tracks.parquet")
        due = world.filter(pl.col("received_at") <= cut)
        missing = due.join(first, on="id", how="anti")
        assert 2 <= missing.height <= 40
