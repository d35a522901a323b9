"""The clone that a run builds in: a copy of the last published state, or an empty file."""

from __future__ import annotations

import shutil

from scripts.lib.console import HealthError
from scripts.lib.refresh.places import Places

# The clone beside the state, and the published version beside both.
COPIES = 2


def start_clone(places: Places, *, full_refresh: bool) -> bool:
    """Lay out the file to build in; returns whether it carries the state of an earlier run."""
    building = places.building
    building.parent.mkdir(parents=True, exist_ok=True)
    for leftover in building.parent.glob("*"):
        if leftover.is_file():
            leftover.unlink()
    if full_refresh or not places.database.exists():
        return False
    size = places.database.stat().st_size
    free = shutil.disk_usage(building.parent).free
    if free < COPIES * size:
        raise HealthError(
            f"The disk of {building.parent} has {free / 1e9:.2f} GB free; a run needs about"
            f" {COPIES * size / 1e9:.2f} GB. The last published version is unchanged.",
            "Free disk space, or move HEALTH_STATE_DIR to a larger disk, and run again.",
        )
    shutil.copyfile(places.database, building)
    return True
