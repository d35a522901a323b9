"""A small sample world, written once for all tests of the generator."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.world import generate

CONFIG = WorldConfig(accounts=160, months=14, seed=11)


@dataclass(frozen=True)
class Written:
    """Folders of a written world."""

    raw: Path
    truth: Path
    rows: dict[str, int]

    def table(self, name: str) -> pl.DataFrame:
        """One raw table."""
        system, table = name.split(".")
        return pl.read_parquet(self.raw / system / f"{table}.parquet")

    def log(self) -> dict[str, dict[str, dict[str, int]]]:
        """The dirt log."""
        log: dict[str, dict[str, dict[str, int]]] = json.loads(
            (self.truth / "dirt_log.json").read_text()
        )
        return log


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("sample_world")
    rows = generate(CONFIG, folder / "raw", folder / "truth")
    return Written(folder / "raw", folder / "truth", rows)
