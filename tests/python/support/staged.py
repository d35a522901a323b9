"""Runs the staging layer alone on a folder of raw files and hands back what came out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb

from support.dbt_server import DbtServer

PROJECT = Path(__file__).resolve().parents[3]
# Staging stands alone: a layer that it needed would be missing here.
SLICE = ["macros", "seeds", "models/staging", "tests/generic", "tests/singular/staging"]
SEEDS = ["enum_mappings", "currencies"]

Row = dict[str, object]


@dataclass(frozen=True)
class Staged:
    """The database of one run, with dbt's exit code and what it said, or the faults alone."""

    database: Path
    exit_code: int
    output: str

    def rows(self, query: str) -> list[Row]:
        """The rows of a query, by column name."""
        with duckdb.connect(str(self.database), read_only=True) as connection:
            connection.execute("set timezone = 'UTC'")
            result = connection.execute(query)
            names = [column[0] for column in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def row(self, query: str) -> Row:
        """The one row of a query."""
        rows = self.rows(query)
        assert len(rows) == 1, rows
        return rows[0]


def copy_slice(folder: Path) -> None:
    """Copy the staging layer and what it stands on into an empty folder."""
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copy(PROJECT / name, folder / name)
    for name in SLICE:
        shutil.copytree(PROJECT / name, folder / name)


def staging_server(folder: Path) -> DbtServer:
    """A dbt that has parsed a copy of the staging layer."""
    project = folder / "project"
    project.mkdir(parents=True)
    copy_slice(project)
    return DbtServer(folder / "server", project)


def staged_by(server: DbtServer, raw: Path, work: Path, selection: tuple[str, ...]) -> Staged:
    """Build and test the selected nodes from a raw folder in a database of its own."""
    database = work / "health.duckdb"
    arguments = ("build", "--select", *SEEDS, *selection)
    faults = server.faults_of(raw, raw / "derived", database, *arguments)
    return Staged(database, int(bool(faults)), "\n".join(faults))


def run_staging(project: Path, raw: Path, work: Path, selection: tuple[str, ...]) -> Staged:
    """The same by dbt's own command, with the raw folder under its own name."""
    database = work / "health.duckdb"
    dbt = str(Path(sys.executable).parent / "dbt")
    command = [dbt, "--no-use-colors", "build", "--profiles-dir", ".", "--log-path", str(work)]
    places = {
        "HEALTH_DB": str(database),
        "HEALTH_RAW_DIR": str(raw),
        "HEALTH_DERIVED_DIR": str(raw / "derived"),
        "HEALTH_TEMP_DIR": str(work / "spill"),
    }
    done = subprocess.run(
        [*command, "--select", *SEEDS, *selection],
        cwd=project,
        env=os.environ | places,
        capture_output=True,
        text=True,
        check=False,
    )
    return Staged(database, done.returncode, done.stdout + done.stderr)
