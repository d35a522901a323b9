"""Builds of a sequence of loads, and what an incremental one has to be equal to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from scripts.lib.sentiment import score_texts
from scripts.lib.settings import Settings
from support.dbt_server import DbtServer
from support.equality import Difference, differences
from support.load_sequences import Load, Sequence, make_sequence, score_loads
from support.project_files import ROOT

Builder = Callable[[Load, Path], None]
DATABASE = "health.duckdb"
VERSIONS = ("--select", "+snap_crm__accounts")  # of what the CRM overwrites


def full_build(server: DbtServer) -> Builder:
    """Build everything from the raw files; what a snapshot keeps is all that is carried on."""
    return lambda load, database: _build(server, load, database)


def _build(server: DbtServer, load: Load, database: Path, *selection: str) -> None:
    server.build(
        load.raw_dir,
        load.derived_dir,
        database,
        *selection,
        *("--vars", json.dumps(load.variables)),
        HEALTH_AS_OF_DATE=str(load.as_of),
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
        found = differences(carried, rebuilt)
        if found:
            so_far = replace(sequence, loads=sequence.loads[: load.number + 1])
            return [so_far.tell(), *map(str, found), *_upstream(carried, rebuilt)]
    return []


def _upstream(carried: Path, rebuilt: Path) -> list[str]:
    """Where it begins: the staging and the steps that differ, without examples."""
    below: list[Difference] = []
    for layer in ("staging", "intermediate"):
        below += differences(carried, rebuilt, (layer,), steps=True)
    return [f"upstream {str(one).splitlines()[0]}" for one in below]
