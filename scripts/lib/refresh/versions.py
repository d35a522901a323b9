"""Published versions: a link that is switched in one step, what is kept, and the way back."""

from __future__ import annotations

import os
import time
from pathlib import Path

from scripts.lib.console import HealthError
from scripts.lib.refresh.places import Places

READ_ONLY = 0o444


def switch(places: Places, version: Path) -> None:
    """Let readers find this version from now on; whoever reads the one before goes on undisturbed.

    The link is relative, so the folder may be moved or mounted elsewhere.
    """
    beside = places.current.with_name(f".{places.current.name}.{os.getpid()}")
    beside.unlink(missing_ok=True)
    beside.symlink_to(version.relative_to(places.published_dir))
    os.replace(beside, places.current)
    sync(places.published_dir)


def current_version(places: Places) -> Path | None:
    """The file behind the link, or nothing when nothing was ever published."""
    if not places.current.is_symlink():
        return None
    version = places.current.resolve()
    return version if version.exists() else None


def kept_versions(places: Places) -> list[Path]:
    """All complete versions, newest first."""
    return sorted(places.versions.glob("*.duckdb"), reverse=True)


def prune(places: Places, *, keep: int, keep_minutes: float) -> list[Path]:
    """Remove what is neither current, nor among the newest, nor young; returns what went.

    A reader that has resolved the link still needs a moment to open the file behind it.
    """
    current = current_version(places)
    horizon = time.time() - keep_minutes * 60
    removed = []
    for version in kept_versions(places)[keep:]:
        if version != current and version.stat().st_mtime < horizon:
            version.unlink()
            removed.append(version)
    for leftover in places.versions.glob(".*.duckdb*"):
        if leftover.stat().st_mtime < horizon:
            leftover.unlink()
    return removed


def roll_back(places: Places, run_id: str | None = None) -> tuple[Path, Path]:
    """Point readers at an earlier version; returns the one before and the one after."""
    current = current_version(places)
    if current is None:
        raise HealthError(
            f"Nothing was published at {places.current}, so there is nothing to go back to.",
            "Run `health refresh` first.",
        )
    earlier = [version for version in kept_versions(places) if version.name < current.name]
    if run_id is not None:
        earlier = [version for version in kept_versions(places) if version.stem == run_id]
    if not earlier:
        names = ", ".join(version.stem for version in kept_versions(places))
        raise HealthError(
            f"There is no kept version {run_id or 'before ' + current.stem}.",
            f"Kept are: {names}.",
        )
    switch(places, earlier[0])
    return current, earlier[0]


def sync(path: Path) -> None:
    """Make a file or a folder's entries outlast a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
