"""A score at a date is the same, whether or not the exports go on after that date."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.building import World
from support.comparing import change_tables, dated_tables, differing_rows
from support.dbt_server import DbtServer
from support.truncation import truncate

pytestmark = pytest.mark.build

# Sundays, which are dates of the weekly grid: in the first year, and in the second.
DATES = (dt.date(2024, 11, 24), dt.date(2025, 5, 25), dt.date(2025, 10, 26))
FIRST_DATE = dt.date(2024, 1, 7)
BANDS = ("band", "band_rank")
# How far accounts shrink who stay is told by band.
BANDS += ("contraction_probability", "contraction_ratio", "expected_loss")
HIERARCHY = ("core.fct_account_parents", "core.bridge_account_ancestors")
# Whether a date is the newest one is a matter of the run, not of the score.
IGNORED = ("is_current",)


@pytest.mark.parametrize("as_of", DATES, ids=str)
def test_a_score_does_not_change_with_what_comes_later(
    world: World, dbt_server: DbtServer, tmp_path: Path, as_of: dt.date
) -> None:
    """The build of the exports that end on a date gives the scores that the whole build has."""
    raw_dir, database = tmp_path / "raw", tmp_path / "health.duckdb"
    truncate(world.raw_dir, raw_dir, as_of)
    # A band depends on the bands before it, so one date brings its whole past.
    is_first = as_of == DATES[0]
    periods = (as_of - FIRST_DATE).days // 7 + 1 if is_first else 1
    dbt_server.build(
        raw_dir,
        world.derived_dir,
        database,
        *("--select", "+path:models/metrics", "+path:models/scoring"),
        *("--vars", f"history_periods: {periods}"),
        HEALTH_AS_OF_DATE=str(as_of),
    )
    condition = f"as_of_date <= '{as_of}'" if is_first else f"as_of_date = '{as_of}'"
    ignored = IGNORED if is_first else (*IGNORED, *BANDS)
    tables = [*dated_tables(database), *HIERARCHY]
    faults = differing_rows(world.database, database, tables, condition=condition, ignored=ignored)
    if is_first:
        # Dates further apart are those that a run compares its newest one with.
        faults += differing_rows(
            world.database,
            database,
            change_tables(database),
            condition=f"{condition} and periods_apart = 1",
        )
    assert not faults, "\n".join(faults)
