"""A build beside the last good one: lock, start, publish in one step."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from scripts.lib.console import EXIT_REFUSED, HealthError
from scripts.lib.dbt_runner import Outcome
from scripts.lib.locking import held
from scripts.lib.settings import Settings

# The engine advises a SET that nobody can give it.
OUT_OF_MEMORY = "Out of Memory Error"
MORE_MEMORY = "Raise HEALTH_MEMORY_LIMIT, or set HEALTH_THREADS=1, so that fewer steps share it."
INCREMENTAL = re.compile(r"materialized\s*[=:]\s*['\"]?incremental")


@contextmanager
def build_lock(settings: Settings) -> Iterator[int]:
    """Hold the only right to build; yields the descriptor that the child must inherit."""
    busy = f"Another build of {settings.database} is running."
    with held(settings.building.parent / ".lock", busy) as descriptor:
        yield descriptor


def carries_state(root: Path) -> bool:
    """Whether a build needs the rows of the one before it: snapshots or incremental models."""
    if any((root / "snapshots").glob("**/*.sql")) or any((root / "snapshots").glob("**/*.yml")):
        return True
    models = (root / "models").glob("**/*")
    return any(
        INCREMENTAL.search(path.read_text(encoding="utf-8"))
        for path in models
        if path.suffix in {".sql", ".yml"}
    )


def start_file(settings: Settings, *, from_last_good: bool) -> Path:
    """An empty build file, or a copy of the last good one."""
    building = settings.building
    for leftover in (building, _wal(building)):
        leftover.unlink(missing_ok=True)
    if from_last_good and settings.database.exists():
        shutil.copyfile(settings.database, building)
    return building


def publish(settings: Settings) -> None:
    """Replace the last good build in one step; a reader sees the old file or the new one."""
    building = settings.building
    try:
        with duckdb.connect(str(building)) as connection:
            connection.execute("checkpoint")
    except duckdb.Error as error:
        first_line = str(error).splitlines()[0]
        raise HealthError(
            f"The new build at {building} cannot be opened: {first_line}",
            "The last good build is unchanged. Free disk space or memory and build again.",
        ) from None
    # A write-ahead log that stays beside a replaced file makes the new file unreadable.
    _wal(settings.database).unlink(missing_ok=True)
    os.replace(building, settings.database)


def refuse_failures(outcome: Outcome, kept: str) -> None:
    """Stop with the nodes' own messages, and what is kept, when a run did not do all it should."""
    if outcome.failures:
        parts = [
            "\n  ".join((f"{failure.resource} {failure.node}: {failure.message}", *failure.told))
            for failure in outcome.failures
        ]
        skipped = f"\n{outcome.skipped} nodes after them were skipped." if outcome.skipped else ""
        if any(OUT_OF_MEMORY in failure.message for failure in outcome.failures):
            kept = f"{MORE_MEMORY} {kept}"
        raise HealthError(
            f"{len(parts)} of {outcome.node_total} nodes failed.\n" + "\n".join(parts) + skipped,
            kept,
            EXIT_REFUSED,
        )
    if outcome.return_code or outcome.errors:
        reason = "\n".join(outcome.errors) or f"dbt ended with code {outcome.return_code}."
        raise HealthError(f"dbt could not run.\n{reason}", kept)
    if not outcome.node_total:
        raise HealthError("The selection matches nothing, so nothing was built.", kept)


def _wal(database: Path) -> Path:
    return database.with_name(database.name + ".wal")
