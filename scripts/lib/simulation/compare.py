"""What a candidate would have changed: bands, money, order, alerts, warnings before losses.

Pure queries over the pairs of scores that `sides` makes; eligible accounts only.
"""

from __future__ import annotations

from typing import Any

from scripts.lib.reports.portfolio import BAND_ORDER
from scripts.lib.simulation.sides import DIGITS, SIDES
from scripts.lib.warehouse import Row, Warehouse

# How long before an account left the two scores are looked at.
LEADS = (30, 90, 180)
# A score of an earlier date than this many days before says nothing of the lead.
LEAD_TOLERANCE = 31
# Less than this reads as nothing with one decimal.
SMALLEST_SHOWN = 0.05

RANKS = """
with scored as (
    select as_of_date, published_score, candidate_score from pairs
    where published_score is not null and candidate_score is not null
),
ranked as (
    select
        as_of_date,
        rank() over (partition by as_of_date order by published_score)
        + (count(*) over (partition by as_of_date, published_score) - 1) / 2 as published_place,
        rank() over (partition by as_of_date order by candidate_score)
        + (count(*) over (partition by as_of_date, candidate_score) - 1) / 2 as candidate_place
    from scored
)
select as_of_date, corr(published_place, candidate_place) as correlation, count(*) as accounts
from ranked
group by as_of_date
having count(*) > 1
order by as_of_date
"""
# An alert: an account comes into a band that needs attention, and was in none at its last date.
# What stands there when the history begins is no news.
ALERTS = """
select distinct account_id, strftime(as_of_date, '%Y-%m') as month
from (
    select
        account_id, as_of_date, {side}_alarm as alarm,
        lag({side}_alarm) over (partition by account_id order by as_of_date) as earlier_alarm
    from pairs
    where {side}_rank is not null
)
where alarm and coalesce(
    not earlier_alarm,
    as_of_date > (select min(known.as_of_date) from pairs as known where known.{side}_rank >= 0)
)
"""
LAST_SCORES = """
select
    losses.account_id, losses.decision_at,
    arg_max(pairs.published_score, pairs.as_of_date) as published_score,
    arg_max(pairs.candidate_score, pairs.as_of_date) as candidate_score,
    arg_max(pairs.published_alarm, pairs.as_of_date) as published_alarm,
    arg_max(pairs.candidate_alarm, pairs.as_of_date) as candidate_alarm
from losses
inner join pairs
    on losses.account_id = pairs.account_id
    and pairs.as_of_date <= losses.decision_at - {lead}
    and pairs.as_of_date > losses.decision_at - {lead} - {tolerance}
where losses.is_own_loss
    and losses.decision_at <= (select max(all_pairs.as_of_date) from pairs as all_pairs)
    and pairs.published_score is not null and pairs.candidate_score is not null
group by losses.account_id, losses.decision_at
"""
# The last date of each month whose outcome is known, without accounts that were lost otherwise.
OUTCOMES = """
with months as (
    select max(as_of_date) as as_of_date from pairs
    where as_of_date + (select horizon_days from horizon) <= (
        select max(all_pairs.as_of_date) from pairs as all_pairs
    )
    group by strftime(as_of_date, '%Y-%m')
)
select
    pairs.account_id, pairs.as_of_date,
    any_value(pairs.published_score) as published_score,
    any_value(pairs.candidate_score) as candidate_score,
    count(losses.account_id) > 0 as is_lost
from pairs
inner join months on pairs.as_of_date = months.as_of_date
left join losses
    on pairs.account_id = losses.account_id
    and losses.decision_at > pairs.as_of_date
    and losses.decision_at <= pairs.as_of_date + (select horizon_days from horizon)
where pairs.published_score is not null and pairs.candidate_score is not null
group by pairs.account_id, pairs.as_of_date
having bool_and(coalesce(losses.is_own_loss, true))
"""
# The chance that of two accounts the one that leaves has the lower score; ties count half.
ORDER = """
with ranked as (
    select
        is_lost,
        rank() over (order by {side}_score)
        + (count(*) over (partition by {side}_score) - 1) / 2 as place
    from outcomes
)
select
    count(*) filter (where is_lost) as lost,
    count(*) filter (where not is_lost) as kept,
    1 - (sum(place) filter (where is_lost) - lost * (lost + 1) / 2) / nullif(lost * kept, 0)
        as chance
from ranked
"""


def book(sides: Warehouse) -> dict[str, Any]:
    """How the scores of today move as a whole."""
    return sides.one(
        f"""
        select
            count(*) as accounts, coalesce(sum(arr), 0) as arr,
            avg(published_score) as published_mean, avg(candidate_score) as candidate_mean,
            avg(abs(change)) as mean_move, max(abs(change)) as largest_move,
            count(*) filter (where abs(change) >= {SMALLEST_SHOWN}) as moved,
            count(*) filter (where published_band != candidate_band) as other_band,
            coalesce(sum(arr) filter (where published_band != candidate_band), 0) as other_band_arr,
            count(*) filter (where candidate_rank > published_rank) as better,
            coalesce(sum(arr) filter (where candidate_rank > published_rank), 0) as better_arr,
            count(*) filter (where candidate_rank < published_rank) as worse,
            coalesce(sum(arr) filter (where candidate_rank < published_rank), 0) as worse_arr,
            count(*) filter (where published_card != candidate_card) as other_card
        from pairs where is_current
        """
    )


def migration(sides: Warehouse, *, is_current: bool) -> list[Row]:
    """Accounts (or accounts and dates, over the whole history) by band before and after."""
    found = {
        (row["published_band"], row["candidate_band"]): row
        for row in sides.rows(
            "select published_band, candidate_band, count(*) as accounts, sum(arr) as arr"
            f" from pairs where {'is_current' if is_current else 'true'} group by all"
        )
    }
    order = [*BAND_ORDER, *sorted({band for key in found for band in key} - {*BAND_ORDER})]
    return [found[before, after] for before in order for after in order if (before, after) in found]


def correlations(sides: Warehouse) -> dict[str, Any]:
    """Spearman's rank correlation now, and its lowest and middle value over the history."""
    found = [row for row in sides.rows(RANKS) if row["correlation"] is not None]
    for row in found:
        row["correlation"] = round(row["correlation"], DIGITS)
    lowest = min(found, key=lambda row: row["correlation"], default=None)
    values = sorted(row["correlation"] for row in found)
    return {
        "now": found[-1]["correlation"] if found else None,
        "lowest": lowest["correlation"] if lowest else None,
        "lowest_date": lowest["as_of_date"] if lowest else None,
        "median": values[len(values) // 2] if values else None,
        "dates": [{"as_of_date": row["as_of_date"], "correlation": row["correlation"]}
                  for row in found],
    }  # fmt: skip


def alerts(sides: Warehouse) -> list[Row]:
    """Alerts of every month: fired by both, by the published version alone, by the candidate."""
    for side in SIDES:
        sides.connection.execute(
            f"create or replace temp table {side}_alerts as {ALERTS.format(side=side)}"
        )
    return sides.rows(
        """
        with months as (select distinct strftime(as_of_date, '%Y-%m') as month from pairs),
        united as (
            select
                coalesce(published_alerts.month, candidate_alerts.month) as month,
                published_alerts.account_id is not null as is_published,
                candidate_alerts.account_id is not null as is_candidate
            from published_alerts
            full join candidate_alerts
                on published_alerts.account_id = candidate_alerts.account_id
                and published_alerts.month = candidate_alerts.month
        )
        select
            months.month,
            count(*) filter (where is_published) as published,
            count(*) filter (where is_candidate) as candidate,
            count(*) filter (where is_published and is_candidate) as both,
            count(*) filter (where is_candidate and not is_published) as new,
            count(*) filter (where is_published and not is_candidate) as gone
        from months
        left join united on months.month = united.month
        group by months.month
        order by months.month
        """
    )


def losses(sides: Warehouse) -> dict[str, Any]:
    """How accounts that left were scored before, and how well each side orders them."""
    leads = [
        {
            "days_before": lead,
            **sides.one(
                "select count(*) as accounts, avg(published_score) as published_mean,"
                " avg(candidate_score) as candidate_mean,"
                " count(*) filter (where published_alarm) as published_alarms,"
                " count(*) filter (where candidate_alarm) as candidate_alarms"
                f" from ({LAST_SCORES.format(lead=lead, tolerance=LEAD_TOLERANCE)})"
            ),
        }
        for lead in LEADS
    ]
    sides.connection.execute(f"create or replace temp table outcomes as {OUTCOMES}")
    order = {side: sides.one(ORDER.format(side=side)) for side in SIDES}
    return {
        "horizon_days": sides.one("select horizon_days from horizon").get("horizon_days"),
        "leads": leads,
        "lost": order["published"]["lost"],
        "kept": order["published"]["kept"],
        "chances": {side: row["chance"] for side, row in order.items()},
    }
