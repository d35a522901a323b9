"""What one more day costs: a warehouse is carried on from the day before, and built for the day."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb

from scripts.lib.bench.days import lay_out_days
from scripts.lib.bench.measure import Cost, measured
from scripts.lib.bench.suite import END, Bench, Day
from scripts.lib.dbt_runner import DBT
from scripts.lib.gate.parts import landed_parts
from scripts.lib.refresh.carrying import LEFT_OUT, UNSTORED, VARIABLE, note_landing

SCORES = "scoring.fct_account_health_scores"
PROJECT = "the project of the benchmark"


def measure_day(bench: Bench) -> Day:
    """Build the day before in full, then the day; compare its scores with one whole build."""
    folder = bench.folder / "days"
    shutil.rmtree(folder, ignore_errors=True)
    days = lay_out_days(bench.settings.raw_dir, folder, END)
    carried, built = folder / "carried" / "health.duckdb", folder / "built" / "health.duckdb"
    for database in (carried, built):
        database.parent.mkdir(parents=True)
    # Both days are built at one place, as refreshes are: dbt has read the project before.
    _build(bench, days.before, built, END - dt.timedelta(days=1))
    _note(bench, days.before, built)
    shutil.copyfile(built, carried)
    _note(bench, days.day, built)
    cost = _build(bench, days.day, built, END, carried)
    with duckdb.connect(str(built), read_only=True) as connection:
        dates, affected = connection.execute(
            "select count(*), count(*) filter (where (account_id, as_of_date) in"
            " (select (account_id, as_of_date) from metrics.int_metrics_affected__dates))"
            " from core.fct_account_spine"
        ).fetchone() or (0, 0)
    different = _different_scores(built, bench.folder / "build.duckdb")
    shutil.rmtree(folder)
    return Day(cost, sum(days.rows.values()), len(days.replaced), dates, affected, different)


def _note(bench: Bench, raw_dir: Path, database: Path) -> None:
    settings = replace(bench.settings, raw_dir=raw_dir)
    parts = landed_parts(settings, UNSTORED, END)
    note_landing(database, PROJECT, parts, settings.derived_dir)


def _build(
    bench: Bench, raw_dir: Path, database: Path, as_of: dt.date, carried: Path | None = None
) -> Cost:
    left_out = {"test", "unit_test", *(LEFT_OUT if carried else ())}
    command = [
        *(*DBT, "build"),
        *("--exclude-resource-type", *sorted(left_out), *bench.dbt_arguments("target_day")),
    ]
    environment = bench.environment | {
        "HEALTH_RAW_DIR": str(raw_dir),
        "HEALTH_DB": str(database),
        "HEALTH_AS_OF_DATE": as_of.isoformat(),
        VARIABLE: str(carried or ""),
    }
    return measured(command, bench.root, environment, bench.folder / "logs" / "day.log")


def _different_scores(built: Path, whole: Path) -> int:
    """Scores that are not the same to 1e-6 in both databases, or are in one alone."""
    keys = "account_id, as_of_date, objective_id"
    with duckdb.connect() as connection:
        for name, path in (("built", built), ("whole", whole)):
            quoted = str(path).replace("'", "''")
            connection.execute(f"attach '{quoted}' as {name} (read_only)")
        row = connection.execute(
            f"select count(*) from built.{SCORES} as one"
            f" full outer join whole.{SCORES} as other using ({keys})"
            " where one.band is distinct from other.band"
            " or round(one.health_score, 6) is distinct from round(other.health_score, 6)"
            " or abs(one.low_score - other.low_score) > 1e-6"
        ).fetchone()
    return int(row[0]) if row else 0
