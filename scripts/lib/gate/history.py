"""What accepted exports were like: one JSON line for each accepted run and table."""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
from dataclasses import asdict, dataclass
from pathlib import Path

from scripts.lib.gate.records import TableProfile

FILE = "profiles.jsonl"
RUNS = 28
KEPT_BYTES = 8_000_000


@dataclass(frozen=True)
class Entry:
    """One table in one accepted run, as numbers."""

    run_id: str
    as_of_date: str
    table: str
    rows: int
    medians: dict[str, float]


History = dict[str, list[Entry]]


def read_history(folder: Path) -> History:
    """The last accepted runs by table, one for each day; a torn last line is left out."""
    history: dict[str, dict[str, Entry]] = {}
    path = folder / FILE
    if not path.is_file():
        return {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError):
            continue
        days = history.setdefault(entry.table, {})
        days.pop(entry.as_of_date, None)
        days[entry.as_of_date] = entry
    return {table: list(days.values())[-RUNS:] for table, days in history.items()}


def add_history(
    folder: Path, run_id: str, as_of: dt.date, profiles: list[TableProfile], history: History
) -> None:
    """Add a run; a file that has grown large keeps only what is read."""
    path = folder / FILE
    entries = [
        Entry(
            run_id,
            as_of.isoformat(),
            profile.name,
            profile.rows,
            {
                name: column.median
                for name, column in profile.columns.items()
                if column.median is not None
            },
        )
        for profile in profiles
    ]
    if path.is_file() and path.stat().st_size > KEPT_BYTES:
        kept = [entry for days in history.values() for entry in days]
        part = path.with_name(path.name + ".part")
        part.write_text(_lines(kept), encoding="utf-8")
        os.replace(part, path)
    with path.open("a", encoding="utf-8") as handle:
        handle.write(_lines(entries))


def _lines(entries: list[Entry]) -> str:
    return "".join(json.dumps(asdict(entry)) + "\n" for entry in entries)


def usual_rows(entries: list[Entry], as_of: dt.date) -> float | None:
    """The median of rows on this weekday, else of all days; nothing without a history."""
    same = [
        entry.rows
        for entry in entries
        if dt.date.fromisoformat(entry.as_of_date).weekday() == as_of.weekday()
    ]
    counted = same or [entry.rows for entry in entries]
    return statistics.median(counted) if counted else None


def usual_median(entries: list[Entry], column: str) -> float | None:
    """The median of a column's medians; nothing without a history."""
    medians = [entry.medians[column] for entry in entries if column in entry.medians]
    return statistics.median(medians) if medians else None
