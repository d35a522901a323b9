"""One run of the refresh: its name, its times, what came of it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

PUBLISHED = "published"
REFUSED = "refused"
FAILED = "failed"
STALE = "stale"
INTERRUPTED = "interrupted"
ROLLED_BACK = "rolled_back"


@dataclass
class Run:
    """What the journal says of a run; holds no value of any raw row."""

    run_id: str
    started_at: dt.datetime
    as_of_date: dt.date
    status: str = FAILED
    exit_code: int = 2
    ended_at: dt.datetime | None = None
    is_full_refresh: bool = False
    is_carried: bool = False  # went on from the warehouse before, and built only what changed
    step: str = "start"
    message: str = ""
    advice: str = ""
    nodes: int = 0
    tests: int = 0
    failed_nodes: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)  # decision of the gate by system
    rejected_rows: int = 0
    published_rows: int = 0
    seconds: dict[str, float] = field(default_factory=dict)  # by step

    def as_dict(self) -> dict[str, Any]:
        """The run as JSON knows it, times in UTC."""
        record = asdict(self)
        record["started_at"] = stamp(self.started_at)
        record["ended_at"] = stamp(self.ended_at) if self.ended_at else None
        record["as_of_date"] = self.as_of_date.isoformat()
        return record


def new_run(as_of: dt.date, *, full_refresh: bool = False) -> Run:
    """A run that begins now; names sort by their start."""
    started = utc_now()
    return Run(
        run_id=f"{started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}",
        started_at=started,
        as_of_date=as_of,
        is_full_refresh=full_refresh,
    )


def utc_now() -> dt.datetime:
    """The wall clock, which only the refresh reads."""
    return dt.datetime.now(dt.UTC)


def stamp(moment: dt.datetime) -> str:
    """A moment as text, to the millisecond."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
