"""Random histories of loads, made from a sampled world; a number is all that one depends on.

A history begins with everything that was loaded by a date and goes on with a few loads. A load
lands what its days brought, and whatever else may happen: see load_events.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from scripts.lib.sample.earlier import as_it_stood
from scripts.lib.sample.schema import SYSTEMS, TABLES
from support.landing import WHOLE, LandedTable, by_month, pick
from support.load_events import EVENTS, LARGE, MOST_ROWS, Landing

FIRST_DAYS = 70  # how long before the world's end a history begins
LAST_DAYS = 12  # the longest that its loads take
MOST_LOADS = 4
STEPS = {0: 1, 1: 5, 2: 1, 3: 1}  # days to the next load, and how often
HISTORY_PERIODS = {"week": 30, "month": 8}


@dataclass(frozen=True)
class Load:
    """What lies in the raw folder after a load, and the date to build for."""

    number: int
    as_of: dt.date
    variables: dict[str, str | int]
    raw_dir: Path
    derived_dir: Path
    story: tuple[str, ...]


@dataclass(frozen=True)
class Sequence:
    """The first state and the loads after it."""

    seed: int
    loads: list[Load]

    def tell(self) -> str:
        """What happened, for whoever has to find out why."""
        lines = [f"sequence {self.seed}; HEALTH_SEQUENCES={self.seed} runs it alone"]
        for load in self.loads:
            lines.append(f"  load {load.number}, as of {load.as_of} {load.variables}")
            lines += [f"    {line}" for line in load.story]
        return "\n".join(lines)


def make_sequence(world: Path, end: dt.date, folder: Path, seed: int) -> Sequence:
    """Write the raw folders of a history: `load_0/raw` is the first state."""
    rng = random.Random(seed)
    grain = rng.choice(sorted(HISTORY_PERIODS))
    variables: dict[str, str | int] = {
        "spine_grain": grain,
        "history_periods": HISTORY_PERIODS[grain],
    }
    as_of = _first_date(rng, grain, end)
    hours = rng.choice([0, 5])  # how long after midnight the loads run
    cut = _midnight_after(as_of) + dt.timedelta(hours=hours)
    landing = _first_state(rng, world, cut)
    loaded = dict.fromkeys(SYSTEMS, cut)
    loads: list[Load] = []
    for number in range(rng.randint(1, MOST_LOADS) + 1):
        if number:
            step = rng.choices(list(STEPS), list(STEPS.values()))[0]
            landing.number, landing.since, landing.story = number, cut, []
            cut += dt.timedelta(days=step) if step else dt.timedelta(hours=6)
            as_of += dt.timedelta(days=step)
            landing.cut = cut
            _land(landing, world, loaded)
        place = folder / f"load_{number}"
        for table in landing.tables.values():
            table.write(place / "raw", loads[-1].raw_dir if loads else None)
        loads.append(
            Load(
                number,
                as_of,
                variables,
                place / "raw",
                place / "derived",
                tuple(landing.story),
            )
        )
    return Sequence(seed, loads)


def score_loads(sequence: Sequence, score: Callable[[Path, Path], object]) -> None:
    """Score the texts of each load; the scores of the load before go along."""
    previous: Path | None = None
    for load in sequence.loads:
        load.derived_dir.mkdir(parents=True, exist_ok=True)
        for file in previous.iterdir() if previous else ():
            shutil.copy(file, load.derived_dir)
        score(load.raw_dir, load.derived_dir)
        previous = load.derived_dir


def _first_date(rng: random.Random, grain: str, end: dt.date) -> dt.date:
    """Any date, or one from which the loads are likely to cross a date of the grid."""
    date = end - dt.timedelta(days=rng.randint(LAST_DAYS, FIRST_DAYS))
    if rng.random() < 0.5:
        return date
    if grain == "week":
        return date - dt.timedelta(days=date.isoweekday() + rng.choice([0, 1]))
    return date.replace(day=1) - dt.timedelta(days=rng.choice([1, 2, 3]))


def _midnight_after(date: dt.date) -> dt.datetime:
    return dt.datetime.combine(date, dt.time()) + dt.timedelta(days=1)


def _first_state(rng: random.Random, world: Path, cut: dt.datetime) -> Landing:
    """Everything that was loaded by then, but a few rows that will come late."""
    landing = Landing(rng, {}, {})
    landing.cut = cut
    for (system, name), spec in TABLES.items():
        full_name = f"{system}.{name}"
        rows = as_it_stood(world, full_name, cut, cut).collect()
        landing.held[full_name] = []
        for _ in range(2 if full_name in LARGE else rng.random() < 0.2):
            held = pick(rng, rows, 4 * MOST_ROWS)
            rows = rows.join(held, on=spec.key, how="anti", nulls_equal=True)
            landing.held[full_name].append(held)
        is_in_parts = rng.random() < (0.8 if full_name in LARGE else 0.2)
        files = by_month(spec, rows) if is_in_parts else {WHOLE: rows}
        landing.tables[full_name] = LandedTable(spec, files)
    in_parts = sum(table.is_in_parts for table in landing.tables.values())
    landing.story.append(f"{in_parts} of {len(landing.tables)} tables lie in parts")
    return landing


def _land(landing: Landing, world: Path, loaded: dict[str, dt.datetime]) -> None:
    """The rows of the days since each system's last load, and a few events."""
    rng = landing.rng
    absent = {system for system in SYSTEMS if rng.random() < 0.06}
    for name, table in landing.tables.items():
        since = loaded[table.spec.system]
        if table.spec.system not in absent:
            _land_due_rows(landing, world, name, since)
    for system in SYSTEMS:
        if system not in absent:
            loaded[system] = landing.cut
    landing.story += [f"{system} lands nothing" for system in sorted(absent)]
    for _ in range(rng.randint(2, 6)):
        event = rng.choices(list(EVENTS), list(EVENTS.values()))[0]
        landing.story += filter(None, [event(landing)])


def _land_due_rows(landing: Landing, world: Path, name: str, since: dt.datetime) -> None:
    """New rows, and new versions of those that the source has changed."""
    table = landing.tables[name]
    clock = table.spec.clock
    earlier = as_it_stood(world, name, since, since).collect()
    latest = as_it_stood(world, name, landing.cut, landing.cut).collect()
    table.append(latest.filter(pl.col(clock) >= since), landing.part)
    changed = latest.filter(pl.col(clock) < since).join(
        earlier, on=latest.columns, how="anti", nulls_equal=True
    )
    for held in landing.held[name]:
        changed = changed.join(held, on=table.spec.key, how="anti", nulls_equal=True)
    if not changed.is_empty():
        table.update(landing.stamped(table, changed), landing.part)
