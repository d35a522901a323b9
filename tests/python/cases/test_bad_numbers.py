"""What is not a number says nothing: it never reads as a perfect score, nor reaches another."""

from __future__ import annotations

import math
from pathlib import Path

import duckdb
import pytest
from support.comparing import change_tables, dated_tables, differing_rows
from support.dbt_server import DbtServer
from support.golden_company import AS_OF, Rows, at, build_company

pytestmark = pytest.mark.build

NAN = math.nan
FUTURE = at("2099-01-01")


def bad_rows() -> Rows:
    """Rows of two accounts: a NaN answer, amount and mood, an event of 2099, a negative amount.

    They come on days on which their sources spoke anyway, because any row is a sign of life.
    """
    day, deal_day, market_day = at("2025-12-20"), at("2025-12-05"), at("2025-12-15")
    deal = {
        "id": "opp_nan", "account_id": "cedar", "type": "Expansion", "stage_name": "Proposal",
        "amount": NAN, "probability": NAN, "is_closed": False, "is_won": False,
        "loaded_at": deal_day,
    }  # fmt: skip
    mail = "jo@cedar.example"
    return {
        "salesforce.contact": [
            {"id": "jo", "account_id": "cedar", "email": mail, "created_date": day,
             "is_deleted": False, "loaded_at": day},
        ],
        "surveys.people": [{"id": "person_jo", "email": mail, "created_at": day, "loaded_at": day}],
        "surveys.survey_responses": [
            {"id": "answer_jo", "person": "person_jo", "survey_type": "nps", "score": NAN,
             "created_at": day, "loaded_at": day},
        ],
        "salesforce.opportunity": [{**deal, "created_date": deal_day}],
        "salesforce.opportunity_history": [
            {**deal, "_fivetran_start": deal_day, "_fivetran_active": True}
        ],
        "market.mention": [
            {"id": "mention_nan", "domain": "cedar.example", "subject": "customer",
             "polarity": NAN, "reach": 1, "posted_at": market_day,
             "loaded_at": market_day},
        ],
        "product_events.tracks": [
            {"id": "future", "event": "record_updated", "user_id": "birch_0",
             "context_group_id": "ws_birch", "context_user_type": "human", "timestamp": FUTURE,
             "loaded_at": day},
        ],
        "stripe.charge": [
            {"id": "ch_negative", "customer_id": "cus_birch", "invoice_id": "in_birch_2025-03-31",
             "amount": -720000, "currency": "usd", "status": "succeeded", "created": day,
             "loaded_at": day},
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory, dbt_server: DbtServer) -> Path:
    return build_company(tmp_path_factory.mktemp("spoiled"), dbt_server, bad_rows())


def test_bad_numbers_say_nothing(spoiled: Path) -> None:
    with duckdb.connect(str(spoiled), read_only=True) as connection:
        metrics = connection.execute(
            "select metric_id, metric_value, metric_score, quality"
            " from metrics.fct_account_metric_scores where account_id = 'cedar'"
            " and as_of_date = ? and metric_id in ('N01', 'E04')",
            [AS_OF],
        ).fetchall()
        not_finite = connection.execute(
            "select count(*) from scoring.fct_account_health_scores where"
            " not isfinite(model_score) or not isfinite(low_score) or not isfinite(high_score)"
        ).fetchone()
    found = {row[0]: row[1:] for row in metrics}
    assert found["N01"] == (None, None, 0.0)
    value, score, _ = found["E04"]
    assert (value, score) == (0.0, 35.0), "an open deal without an amount is no pipeline"
    assert not_finite == (0,)


def test_bad_rows_change_no_score(spoiled: Path, golden_warehouse: Path) -> None:
    """Only the account with the new deal and contact may differ."""
    tables = [*dated_tables(spoiled), *change_tables(spoiled)]
    # Nobody has overridden a score of this company.
    empty = "scoring.fct_account_overrides"
    tables = [table for table in tables if table.startswith("scoring.") and table != empty]
    faults = differing_rows(golden_warehouse, spoiled, tables, condition="account_id <> 'cedar'")
    assert not faults, "\n".join(faults)
