"""When was the last publication, and is it too old? Asked by another process than the refresh."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from scripts.lib.console import HealthError
from scripts.lib.refresh.journal import entries
from scripts.lib.refresh.places import Places
from scripts.lib.refresh.run import PUBLISHED
from scripts.lib.refresh.versions import current_version, kept_versions

AGE = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


@dataclass(frozen=True)
class Status:
    """What readers have, and what came of the last run."""

    current: str | None
    published_at: dt.datetime | None
    as_of_date: str | None
    age: dt.timedelta | None
    last_run: dict[str, Any] | None
    kept: list[str]

    def is_too_old(self, limit: dt.timedelta) -> bool:
        """Whether readers have nothing, or something older than the limit."""
        return self.age is None or self.age > limit


def read_status(places: Places, now: dt.datetime) -> Status:
    """Read the link and the journal; touches neither the state nor any version."""
    history = entries(places.journal)
    current = current_version(places)
    mine = [entry for entry in history if current and entry["run_id"] == current.stem]
    published = [entry for entry in mine if entry["status"] == PUBLISHED]
    moment = None
    if published:
        moment = dt.datetime.fromisoformat(published[-1]["ended_at"].replace("Z", "+00:00"))
    elif current is not None:
        # Killed between the switch of the link and the line of the journal.
        moment = dt.datetime.fromtimestamp(current.stat().st_mtime, dt.UTC)
    return Status(
        current=current.stem if current else None,
        published_at=moment,
        as_of_date=published[-1]["as_of_date"] if published else None,
        age=now - moment if moment else None,
        last_run=history[-1] if history else None,
        kept=[version.stem for version in kept_versions(places)],
    )


def parse_age(text: str, option: str = "--max-age") -> dt.timedelta:
    """An age like 26h, 90m or 2d."""
    match = AGE.fullmatch(text.strip().lower())
    if match is None:
        raise HealthError(f"{option} is {text!r}.", "Give an age like 26h, 90m or 2d.")
    return dt.timedelta(**{UNITS[match[2]]: float(match[1])})
