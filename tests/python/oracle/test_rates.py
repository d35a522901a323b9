"""Freezing the rates of tickets and modules."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from scripts.lib.rates import freeze_rates

WAREHOUSE = """
create schema core;
create schema metrics;
create table core.fct_account_spine as
select
    account_id, date '2025-12-31' as as_of_date, 'smb' as peer_segment, true as is_eligible,
    true as has_support_entitlement, true as is_paying, 10 as seats
from (values ('a'), ('b'), ('c')) as accounts (account_id);
create table core.dim_products as select 'Insights ' as product_name, true as is_module;
create table metrics.int_metrics_expansion__active_lines as
select 'a' as account_id, date '2025-12-31' as as_of_date, 'insights' as module_name;
create table metrics.int_metrics_support__judged_tickets as
select account_id, date '2025-12-31' as as_of_date, weight as opened_weight
from (values ('a', 8), ('a', 1), ('b', 2), ('b', null)) as tickets (account_id, weight);
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "health.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(WAREHOUSE)
    return path


def test_the_rate_is_the_median_accounts_and_tickets_are_pooled(database: Path) -> None:
    found = freeze_rates(database, "v1", 100)["baselines/peer_rates"]
    assert found == [
        ["v1", "sev_ticket_rate_ratio", "all", "0.00200", "0.00100"],
        ["v1", "sev_ticket_rate_ratio", "smb", "0.00200", "0.00100"],
    ]


def test_module_adoption_counts_the_accounts_that_pay(database: Path) -> None:
    found = freeze_rates(database, "v1", 100)["baselines/module_adoption"]
    assert found == [
        ["v1", "all", "Insights", "0.333", "3"],
        ["v1", "smb", "Insights", "0.333", "3"],
    ]
