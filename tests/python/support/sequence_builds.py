"""Builds of a sequence of loads, and what an incremental one has to be equal to."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb

from scripts.lib.gate.parts import landed_parts
from scripts.lib.refresh.carrying import UNSTORED, VARIABLE, note_landing
from scripts.lib.settings import Settings
from scripts.lib.texts.sentiment import score_texts
from support.dbt_server import DbtServer
from support.equality import Difference, differences
from support.load_sequences import Load, Sequence, make_sequence, score_loads
from support.project_files import ROOT

Builder = Callable[[Load, Path], None]
DATABASE = "health.duckdb"
# Steps that are kept by date and that no mart shows as they are.
KEPT_STEPS = (
    "metrics.int_metrics_usage__firsts_and_lasts",
    "scoring.int_scoring_warnings__points",
)
VERSIONS = ("--select", "+resource_type:snapshot")  # of what the CRM overwrites
# What no date of an account is worked out for, and what staging has set aside.
CORE = ("--select", "+path:models/core", "path:models/staging/quarantine")


def full_build(server: DbtServer, *selection: str) -> Builder:
    """Build everything from the raw files; what a snapshot keeps is all that is carried on."""
    return lambda load, database: _build(server, load, database, *selection)


def carried_build(server: DbtServer, *selection: str) -> Builder:
    """Go on from the build of the load before, as a refresh does."""

    def build(load: Load, database: Path) -> None:
        before = database.parent / "before" / database.name
        before.parent.mkdir(parents=True, exist_ok=True)
        if database.exists():
            duckdb.connect(str(database)).close()  # what lies in its log comes into the file
            shutil.copyfile(database, before)
        note_landing(
            database,
            "the same project",
            landed_parts(_settings(load), UNSTORED, load.as_of),
            load.derived_dir,
        )
        _build(server, load, database, *selection, carried=str(before) if before.exists() else "")

    return build


def _settings(load: Load) -> Settings:
    return Settings(ROOT, load.raw_dir / DATABASE, load.raw_dir, load.derived_dir, load.as_of)


def _build(
    server: DbtServer, load: Load, database: Path, *selection: str, carried: str = ""
) -> None:
    server.build(
        load.raw_dir,
        load.derived_dir,
        database,
        *selection,
        *("--vars", json.dumps(load.variables)),
        # What is carried does not hang on the order in which threads end.
        all_threads=bool(carried),
        **{VARIABLE: carried, "HEALTH_AS_OF_DATE": str(load.as_of)},
    )


def written_sequence(world: Path, end: dt.date, folder: Path, seed: int) -> Sequence:
    """A sequence with its texts scored."""
    sequence = make_sequence(world, end, folder, seed)
    score_loads(
        sequence,
        lambda raw, derived: score_texts(Settings(ROOT, folder / DATABASE, raw, derived, None)),
    )
    return sequence


def faults_of(
    sequence: Sequence,
    builder: Builder,
    server: DbtServer,
    folder: Path,
    *,
    every_load: bool = False,
) -> list[str]:
    """Build load after load, and once from the raw files alone; say where they differ."""
    carried, rebuilt = folder / "carried" / DATABASE, folder / "rebuilt" / DATABASE
    for load in sequence.loads:
        builder(load, carried)
        is_last = load is sequence.loads[-1]
        if not (is_last or every_load):
            _build(server, load, rebuilt, *VERSIONS)
            continue
        _build(server, load, rebuilt)
        found = [*_below(carried, rebuilt), *differences(carried, rebuilt)]
        if found:
            so_far = replace(sequence, loads=sequence.loads[: load.number + 1])
            return [so_far.tell(), *map(str, found)]
    return []


def _below(carried: Path, rebuilt: Path) -> list[Difference]:
    """Tables of staging and intermediate, which are kept too; what tells the changes is not."""
    found = differences(carried, rebuilt, ("staging", "intermediate"), steps=True)
    kept = differences(carried, rebuilt, ("metrics", "scoring"), steps=True)
    return [
        *(one for one in found if ".int_changes__" not in one.relation),
        *(one for one in kept if one.relation in KEPT_STEPS),
    ]
