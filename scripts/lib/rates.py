"""Freezing the rates that values are divided by: tickets a seat and day, and modules owned."""

from __future__ import annotations

from pathlib import Path

import duckdb

from scripts.lib.baselines import Cells, quarter_ends

TICKET_SQL = """
with tickets as (
    select
        account_id,
        as_of_date,
        coalesce(sum(opened_weight), 0) as weight,
        count(opened_weight) as ticket_count
    from metrics.int_metrics_support__judged_tickets
    group by account_id, as_of_date
),

counted as (
    select
        spine.peer_segment,
        spine.seats * $window_days as seat_days,
        coalesce(tickets.weight, 0) as weight,
        coalesce(tickets.ticket_count, 0) as ticket_count
    from core.fct_account_spine as spine
    left join tickets using (account_id, as_of_date)
    where
        spine.is_eligible
        and spine.has_support_entitlement
        and spine.seats > 0
        and spine.peer_segment is not null
        and list_contains($dates, spine.as_of_date)
)

select
    coalesce(peer_segment, 'all') as peer_group,
    median(weight / seat_days) as rate,
    sum(ticket_count) / sum(seat_days) as ticket_rate
from counted
group by grouping sets ((peer_segment), ())
having median(weight / seat_days) > 0
order by peer_group
"""

MODULE_SQL = """
with accounts as (
    select account_id, as_of_date, peer_segment
    from core.fct_account_spine
    where is_paying and peer_segment is not null and as_of_date = $latest
),

owned as (
    select distinct account_id, as_of_date, lower(trim(module_name)) as module_name
    from metrics.int_metrics_expansion__active_lines
    where module_name is not null
),

modules as (
    select distinct trim(product_name) as product_name
    from core.dim_products
    where is_module
)

select
    coalesce(accounts.peer_segment, 'all') as segment,
    modules.product_name,
    avg(case when owned.account_id is null then 0.0 else 1.0 end) as adoption,
    count(*) as n_accounts
from accounts
cross join modules
left join owned
    on
        owned.account_id = accounts.account_id
        and owned.as_of_date = accounts.as_of_date
        and owned.module_name = lower(modules.product_name)
group by grouping sets ((accounts.peer_segment, modules.product_name), (modules.product_name))
order by segment, product_name
"""


def freeze_rates(database: Path, version: str, window_days: int) -> dict[str, list[Cells]]:
    """Rows of the seeds of rates: tickets at the last quarter ends, modules at the last of them."""
    with duckdb.connect(str(database), read_only=True) as connection:
        grid = connection.execute("select distinct as_of_date from core.fct_account_spine")
        dates = quarter_ends([row[0] for row in grid.fetchall()])
        tickets = connection.execute(
            TICKET_SQL, {"dates": dates, "window_days": window_days}
        ).fetchall()
        modules = connection.execute(MODULE_SQL, {"latest": dates[-1]}).fetchall()
    return {
        "baselines/peer_rates": [
            [version, "sev_ticket_rate_ratio", group, f"{rate:.5f}", f"{ticket_rate:.5f}"]
            for group, rate, ticket_rate in tickets
        ],
        "baselines/module_adoption": [
            [version, segment, product, f"{adoption:.3f}", str(count)]
            for segment, product, adoption, count in modules
        ],
    }
