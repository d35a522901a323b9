"""What a comparison needs of each build, in one small database: scores, points, book and losses."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.warehouse import Warehouse, open_warehouse

SIDES = ("published", "candidate")
# Numbers of two builds are the same if they agree to this many decimals: sums of floating point
# numbers depend on their order in the last one.
DIGITS = 6

SCORES = """
select
    account_id, as_of_date, is_eligible, is_current, card_id, base_score, gain, clamp_points,
    gate_points, override_points, round(health_score, {digits}) as health_score, band, band_rank
from {{fct_account_health_scores}}
where objective_id = '{objective}'
"""
POINTS = """
select account_id, metric_id, metric_weight, contribution_points
from {{fct_account_health_contributions}}
where objective_id = '{objective}' and as_of_date = cast('{as_of}' as date)
"""
BANDS = "select band, band_rank, needs_attention from {{bands}} where score_version = '{version}'"
BOOK = "select account_id, as_of_date, arr from {{fct_account_spine}}"
NAMES = "select account_id, account_name from {{dim_accounts}}"
METRICS = "select metric_id, metric_name from {{metrics}}"
HORIZON = "select horizon_days from {{objectives}} where objective_id = '{objective}'"
LOSSES = """
select account_id, decision_at, churn_type in ('voluntary', 'involuntary') as is_own_loss
from {{fct_account_active_periods}}
where decision_at is not null and churn_date is not null
"""
# An eligible account and date, scored by both: what is compared.
PAIRS = f"""
create table pairs as
select
    before.account_id, before.as_of_date, before.is_current, coalesce(book.arr, 0) as arr,
    before.card_id as published_card, after.card_id as candidate_card,
    before.health_score as published_score, after.health_score as candidate_score,
    round(after.health_score - before.health_score, {DIGITS}) as change,
    before.band as published_band, after.band as candidate_band,
    before.band_rank as published_rank, after.band_rank as candidate_rank,
    coalesce(published_bands.needs_attention, false) as published_alarm,
    coalesce(candidate_bands.needs_attention, false) as candidate_alarm
from published_scores as before
inner join candidate_scores as after
    on before.account_id = after.account_id and before.as_of_date = after.as_of_date
left join book
    on before.account_id = book.account_id and before.as_of_date = book.as_of_date
left join published_bands on before.band = published_bands.band
left join candidate_bands on after.band = candidate_bands.band
where before.is_eligible
"""


@dataclass(frozen=True)
class Question:
    """What is compared: an objective at a date, of a version."""

    objective: str
    as_of: dt.date
    version: str


def current_date(warehouse: Warehouse) -> dt.date:
    """The date that the build was made for."""
    found = warehouse.one(
        "select max(as_of_date) as as_of_date from {fct_account_health_scores} where is_current"
    )
    return dt.date.fromisoformat(str(found["as_of_date"]))


def compared_sides(
    published: Warehouse, candidate: Path, question: Question, folder: Path
) -> Warehouse:
    """A database in memory with both sides, and the pairs of their scores."""
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    common = {
        "book": BOOK, "names": NAMES, "metrics": METRICS, "losses": LOSSES, "horizon": HORIZON,
    }  # fmt: skip
    own = {"scores": SCORES, "points": POINTS, "bands": BANDS}
    for name, sql in common.items():
        _take(connection, published, name, sql, question, folder)
    with open_warehouse(candidate) as other:
        for side, source in zip(SIDES, (published, other), strict=True):
            for name, sql in own.items():
                _take(connection, source, f"{side}_{name}", sql, question, folder)
    connection.execute(PAIRS)
    return Warehouse(connection, "The comparison")


def _take(
    connection: duckdb.DuckDBPyConnection,
    source: Warehouse,
    name: str,
    sql: str,
    question: Question,
    folder: Path,
) -> None:
    """Copy a query's rows from a build into a table of the comparison."""
    text = sql.format(
        objective=question.objective.replace("'", "''"),
        version=question.version.replace("'", "''"),
        as_of=question.as_of,
        digits=DIGITS,
    )
    path = str(folder / f"{name}.parquet")
    quoted = path.replace("'", "''").replace("{", "{{").replace("}", "}}")
    source.rows(f"copy ({text}) to '{quoted}' (format parquet)")
    connection.execute(f"create table {name} as select * from read_parquet(?)", [path])
