"""What the gate knows of files and tables, and what it says about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from scripts.lib.console import HealthError

BLOCK = "block"
WARN = "warn"
BACKFILL = "backfill"
ACTIONS = (BLOCK, BACKFILL, WARN)

ACCEPTED = "accepted"
CARRIED = "carried"
ABSENT = "absent"
NEW = "new"

Number = float | int


@dataclass(frozen=True)
class GateFinding:
    """One thing that a rule found; never holds a value of a row."""

    rule_id: str
    action: str
    system: str
    table: str | None
    column: str | None
    file: str | None
    row_count: int
    first_rows: tuple[int, ...]
    message: str
    advice: str

    def as_dict(self) -> dict[str, Any]:
        """The finding for a machine."""
        return asdict(self) | {"first_rows": list(self.first_rows)}


@dataclass
class Check:
    """How many of the values that a rule looked at break it, and the first rows that do."""

    bad: int
    base: int
    first_rows: tuple[int, ...] = ()

    @property
    def share(self) -> float:
        """The broken share."""
        return self.bad / self.base if self.base else 0.0


@dataclass
class ColumnProfile:
    """One column of a file: its name there, its type, and what its numbers are like."""

    raw: str
    data_type: str
    filled: int = 0
    low: float | None = None
    high: float | None = None
    median: float | None = None
    recent_median: float | None = None
    recent_filled: int = 0
    shares: dict[str, float] = field(default_factory=dict)


@dataclass
class TableProfile:
    """The contents of one file, or of all files of one table, as numbers."""

    system: str
    table: str
    file: str
    sha256: str
    bytes: int
    rows: int = 0
    columns: dict[str, ColumnProfile] = field(default_factory=dict)
    raw_columns: dict[str, str] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)
    min_event: str | None = None
    max_event: str | None = None
    min_loaded: str | None = None
    max_loaded: str | None = None
    lag_hours: float | None = None
    lag_rows: int = 0

    @property
    def name(self) -> str:
        """The system and the table."""
        return f"{self.system}.{self.table}"

    def as_dict(self) -> dict[str, Any]:
        """The profile as plain values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, found: dict[str, Any]) -> TableProfile:
        """A profile from plain values."""
        columns = {name: ColumnProfile(**values) for name, values in found["columns"].items()}
        checks = {
            name: Check(values["bad"], values["base"], tuple(values["first_rows"]))
            for name, values in found["checks"].items()
        }
        return cls(**(found | {"columns": columns, "checks": checks}))


# Rows and a hash of all their columns, by the day of the event ("" has none).
Partitions = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class LandedFile:
    """A file as its loader left it."""

    system: str
    table: str
    relative: str
    path: Path
    size: int
    modified: int
    sha256: str = ""


@dataclass(frozen=True)
class SourceDecision:
    """What became of one system in this run."""

    system: str
    decision: str
    changed_tables: tuple[str, ...]
    findings: tuple[GateFinding, ...]


@dataclass(frozen=True)
class Incident:
    """A time in which a system was late, because a rule held it back."""

    incident_id: str
    system: str
    rule_id: str
    table_name: str | None
    opened_on: dt.date
    closed_on: dt.date | None
    message: str


@dataclass(frozen=True)
class GateResult:
    """The outcome of the gate."""

    run_id: str
    sources: tuple[SourceDecision, ...]
    findings: tuple[GateFinding, ...]
    profiles: tuple[TableProfile, ...]
    changed_files: tuple[str, ...]
    changed_dates: dict[str, tuple[dt.date, ...]]
    incidents: tuple[Incident, ...]

    @property
    def late_systems(self) -> tuple[str, ...]:
        """The systems with an open incident."""
        return tuple(sorted({row.system for row in self.incidents if row.closed_on is None}))

    def source_rows(self) -> list[dict[str, Any]]:
        """One row per table that a build will read, for the tables of operations."""
        decisions = {source.system: source.decision for source in self.sources}
        return [
            {
                "run_id": self.run_id,
                "system": profile.system,
                "table_name": profile.table,
                "decision": decisions[profile.system],
                "file_count": len(profile.file.split(", ")),
                "bytes": profile.bytes,
                "row_count": profile.rows,
                "sha256": profile.sha256,
                "max_loaded_at": profile.max_loaded,
            }
            for profile in self.profiles
        ]

    def finding_rows(self) -> list[dict[str, Any]]:
        """One row per finding, for the tables of operations."""
        return [
            {
                "run_id": self.run_id,
                "system": finding.system,
                "table_name": finding.table,
                "column_name": finding.column,
                "rule_id": finding.rule_id,
                "action": finding.action,
                "row_count": finding.row_count,
                "message": finding.message,
            }
            for finding in self.findings
        ]


class GateRefusedError(HealthError):
    """Nothing may be built: what is required is missing, damaged or too old."""

    def __init__(self, message: str, advice: str, exit_code: int, result: GateResult) -> None:
        """Keep what was found, so that it can be written down all the same."""
        super().__init__(message, advice, exit_code)
        self.result = result
