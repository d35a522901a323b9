"""Worlds of the test suite: generated raw data, scored texts, and a dbt build of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from scripts.lib.dbt_runner import run_dbt
from scripts.lib.settings import Settings
from scripts.lib.texts.sentiment import score_texts
from support.project_files import ROOT

ACCOUNTS = os.environ.get("HEALTH_TEST_ACCOUNTS", "150")
MONTHS = os.environ.get("HEALTH_TEST_MONTHS", "24")


@dataclass(frozen=True)
class World:
    """The folders of one company."""

    folder: Path

    @property
    def raw_dir(self) -> Path:
        return self.folder / "raw"

    @property
    def truth_dir(self) -> Path:
        return self.folder / "truth"

    @property
    def derived_dir(self) -> Path:
        return self.folder / "derived"

    @property
    def database(self) -> Path:
        return self.folder / "health.duckdb"

    @property
    def target(self) -> Path:
        return self.folder / "target"

    @property
    def settings(self) -> Settings:
        return Settings(ROOT, self.database, self.raw_dir, self.derived_dir, None)


def make_world(folder: Path) -> World:
    """Generate, score the texts and build; what is already in the folder is kept."""
    world = World(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not world.raw_dir.is_dir():
        generate(world)
    score_texts(world.settings)
    if not world.database.exists():
        unfinished = folder / "unfinished" / world.database.name
        build(world, unfinished)
        unfinished.replace(world.database)
    return world


def generate(world: World) -> None:
    """Run the sample command into the world's folders."""
    command = [sys.executable, "-m", "scripts.cli", "sample"]
    command += ["--accounts", ACCOUNTS, "--months", MONTHS]
    command += ["--raw-dir", str(world.raw_dir), "--truth-dir", str(world.truth_dir)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def build(world: World, database: Path) -> None:
    """Run `dbt build`, tests too, and fail with the nodes' own messages."""
    database.parent.mkdir(parents=True, exist_ok=True)
    outcome = run_dbt(
        ["build"],
        root=ROOT,
        environment=world.settings.environment(database)
        | {"HEALTH_THREADS": "2", "HEALTH_TEMP_DIR": str(world.folder / "spill")},
        target_path=world.target,
    )
    messages = [f"{failure.node}: {failure.message}" for failure in outcome.failures]
    assert not messages and not outcome.errors, "\n".join([*outcome.errors, *messages])
    assert outcome.return_code == 0 and outcome.node_total > 0


def copied_world(world: World, folder: Path) -> World:
    """The same raw data and texts in another folder, without the build."""
    copy = World(folder)
    shutil.copytree(world.raw_dir, copy.raw_dir)
    shutil.copytree(world.derived_dir, copy.derived_dir, dirs_exist_ok=True)
    return copy
