"""One more day of raw data: the exports as they lay the day before, and as they lie that day.

Large tables lie in parts by month of load, and the day adds one part: its new rows, and once more
the rows that it changed. The others are one file that the day replaces. What the day leaves as it
was is one file under two names.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from scripts.lib.sample.earlier import MILESTONES, as_it_stood, changed_since
from scripts.lib.sample.schema import TABLES

IN_PARTS = (
    "marketing.email_event",
    "marketing.email_event_click",
    "marketing.email_event_delivered",
    "marketing.email_event_status_change",
    "product_events.groups",
    "product_events.tracks",
    "salesforce.event",
    "salesforce.task",
    "stripe.charge",
    "stripe.invoice",
    "stripe.invoice_line_item",
    "surveys.invitations",
    "surveys.survey_responses",
    "zendesk.satisfaction_rating",
    "zendesk.ticket",
    "zendesk.ticket_comment",
    "zendesk.ticket_field_history",
)
COPY_OPTIONS = "format parquet, compression zstd, compression_level 1, row_group_size 250000"


@dataclass(frozen=True)
class Days:
    """Two raw folders that lie a day apart."""

    before: Path
    day: Path
    rows: dict[str, int] = field(default_factory=dict)  # in the day's part, by table in parts
    replaced: list[str] = field(default_factory=list)  # files that the day writes anew


def lay_out_days(raw_dir: Path, folder: Path, as_of: dt.date) -> Days:
    """Write both folders from the Parquet files of a sampled world; what lay there is replaced."""
    days = Days(folder / "before", folder / "day")
    for side in (days.before, days.day):
        shutil.rmtree(side, ignore_errors=True)
    midnight = dt.datetime.combine(as_of, dt.time())
    with duckdb.connect() as connection:
        for system, table in TABLES:
            if not (raw_dir / system / f"{table}.parquet").exists():
                continue
            for side in (days.before, days.day):
                (side / system).mkdir(parents=True, exist_ok=True)
            name = f"{system}.{table}"
            if name in IN_PARTS:
                days.rows[name] = _add_part(connection, raw_dir, days, name, midnight)
            elif _replace_file(raw_dir, days, name, midnight):
                days.replaced.append(name)
    return days


def _add_part(
    connection: duckdb.DuckDBPyConnection,
    raw_dir: Path,
    days: Days,
    name: str,
    midnight: dt.datetime,
) -> int:
    """Parts by month of load, and the day's own part if it has rows; returns their number."""
    system, table = name.split(".")
    clock = TABLES[system, table].clock
    before, day = days.before / system / table, days.day / system / table
    before.mkdir()
    day.mkdir()
    source = raw_dir / system / f"{table}.parquet"
    earlier = before / "earlier.parquet"
    if name in MILESTONES:
        as_it_stood(raw_dir, name, midnight, midnight).sink_parquet(earlier, compression="lz4")
        _copy_months(connection, earlier, clock, midnight, before)
        earlier.unlink()
    else:
        _copy_months(connection, source, clock, midnight, before)
    for part in before.iterdir():
        os.link(part, day / part.name)
    # What the source says of a later day, it says on this one.
    changed_at = pl.min_horizontal(
        changed_since(name, midnight), pl.lit(midnight + dt.timedelta(days=1))
    )
    part = day / f"{midnight:%Y-%m-%d}.parquet"
    rows = (
        pl.scan_parquet(source)
        .filter((pl.col(clock) >= midnight) | changed_since(name, midnight).is_not_null())
        .with_columns(pl.max_horizontal(clock, changed_at).alias(clock))
        .sort(clock, maintain_order=True)
        .collect()
    )
    if rows.height:
        rows.write_parquet(part, compression="zstd", compression_level=1)
    return rows.height


def _copy_months(
    connection: duckdb.DuckDBPyConnection,
    source: Path,
    clock: str,
    midnight: dt.datetime,
    folder: Path,
) -> None:
    """A part for each month of load; a table without rows has one empty part."""
    months = connection.execute(
        f"select distinct date_trunc('month', {clock})::date from read_parquet(?)"
        f" where {clock} < ? order by 1",
        [str(source), midnight],
    ).fetchall()
    for (month,) in months or [(midnight.date().replace(day=1),)]:
        part = folder / f"{month:%Y-%m}.parquet"
        # A range of the clock lets the engine skip the other months' row groups.
        connection.execute(
            f"copy (select * from read_parquet(?) where {clock} >= date '{month}'"
            f" and {clock} < least(date '{month}' + interval 1 month, ?))"
            f" to {_quoted(part)} ({COPY_OPTIONS})",
            [str(source), midnight],
        )


def _replace_file(raw_dir: Path, days: Days, name: str, midnight: dt.datetime) -> bool:
    """The file as it stood before the day, and the file itself; returns whether they differ."""
    relative = Path(*name.split(".")).with_suffix(".parquet")
    earlier = as_it_stood(raw_dir, name, midnight, midnight).collect()
    _place(raw_dir / relative, days.day / relative)
    if earlier.equals(pl.read_parquet(raw_dir / relative)):
        _place(days.day / relative, days.before / relative)
        return False
    earlier.write_parquet(days.before / relative, compression="zstd", compression_level=1)
    return True


def _place(source: Path, target: Path) -> None:
    """A hard link, or a copy where the raw data lie in another file system."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
