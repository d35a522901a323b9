"""A small company whose exports pass the gate, and what tests may do to them."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from scripts.lib.gate.gate import run_gate
from scripts.lib.gate.records import GateFinding, GateResult, SourceDecision
from scripts.lib.refresh.places import Places
from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.world import generate
from scripts.lib.settings import PROJECT_ROOT, Settings

AS_OF = dt.date(2025, 12, 31)
STARTED = dt.datetime(2026, 1, 2, 2, tzinfo=dt.UTC)
Change = Callable[[pl.DataFrame], pl.DataFrame]


@dataclass
class GateWorld:
    """A raw folder and a state of its own."""

    folder: Path
    runs: int = 0
    as_of: dt.date = AS_OF

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def places(self) -> Places:
        return Places(self.folder / "published", self.folder / "state")

    @property
    def settings(self) -> Settings:
        return Settings(
            root=PROJECT_ROOT,
            database=self.folder / "health.duckdb",
            raw_dir=self.raw,
            derived_dir=self.folder / "derived",
            as_of_date=AS_OF,
        )

    def run(
        self,
        as_of: dt.date | None = None,
        started: dt.datetime | None = None,
        root: Path = PROJECT_ROOT,
    ) -> GateResult:
        """A run as of a day begins in the second night after it, unless told otherwise."""
        self.runs += 1
        day = as_of or self.as_of
        settings = replace(self.settings, root=root)
        return run_gate(
            settings, self.places, f"run-{self.runs}", day, started or STARTED + (day - AS_OF)
        )

    def path(self, table: str, suffix: str = ".parquet") -> Path:
        system, name = table.split(".")
        return self.raw / system / f"{name}{suffix}"

    def accepted(self, table: str, suffix: str = ".parquet") -> Path:
        system, name = table.split(".")
        return self.places.accepted_dir / system / f"{name}{suffix}"

    def read(self, table: str) -> pl.DataFrame:
        return pl.read_parquet(self.path(table))

    def change(self, table: str, change: Change) -> None:
        self.write(table, change(self.read(table)))

    def write(self, table: str, frame: pl.DataFrame) -> None:
        """A new file in the place of the old one: hard links to the old one stay whole."""
        path = self.path(table)
        part = path.with_name("new.tmp")
        frame.write_parquet(part, compression="zstd")
        os.replace(part, path)

    def write_csv(self, table: str, frame: pl.DataFrame) -> Path:
        self.path(table).unlink(missing_ok=True)
        path = self.path(table, ".csv")
        frame.write_csv(path)
        return path

    def copy_to(self, folder: Path) -> GateWorld:
        shutil.copytree(self.folder, folder)
        return GateWorld(folder, self.runs)


def make_world(folder: Path, accounts: int = 60, months: int = 14) -> GateWorld:
    """Exports of an invented company; manifests only where a test writes them."""
    folder.mkdir(parents=True, exist_ok=True)
    config = WorldConfig(accounts, months, AS_OF, 7, "base")
    generate(config, folder / "raw", folder / "truth", "parquet", lambda name: None)
    for manifest in folder.glob("raw/*/_manifest.json"):
        manifest.unlink()
    return GateWorld(folder)


def source(result: GateResult, system: str) -> SourceDecision:
    return next(source for source in result.sources if source.system == system)


def found(result: GateResult, rule_id: str) -> list[GateFinding]:
    return [finding for finding in result.findings if finding.rule_id == rule_id]


def blocked(result: GateResult) -> set[str]:
    """The systems that a rule holds back."""
    return {finding.system for finding in result.findings if finding.action == "block"}
