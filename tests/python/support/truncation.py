"""Raw exports as they were on an earlier evening: what came or changed later is taken out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl

from support.project_files import yaml_nodes

Changes = dict[str, Any]

# What a later moment changed in a row, and what stood there before it: the first column is the
# moment, the others hold a value or another column's. Of two moments the lower one here wins.
MILESTONES: dict[str, dict[str, Changes]] = {
    "customer_success.contact_tag": {
        "end_recorded_at": {"end_recorded_at": None, "valid_to": None, "end_reason": None},
    },
    "customer_success.play_log": {"ended_at": {"ended_at": None, "outcome": None}},
    "customer_success.qbr": {
        "held_at": {"held_at": None, "status": "scheduled"},
        "scheduled_at": {"held_at": None, "status": "scheduled"},
    },
    "marketing.event_attendance": {"attended_at": {"attended_at": None}},
    "product_events.entitlements": {"valid_to": {"valid_to": None}},
    "salesforce.account": {
        "last_modified_date": {
            "last_modified_date": pl.col("created_date"),
            "is_deleted": False,
            "master_record_id": None,
        },
    },
    "salesforce.event": {
        "cancelled_at_c": {"cancelled_at_c": None, "outcome_c": None},
        "start_date_time": {"outcome_c": None},
    },
    "salesforce.task": {
        "completed_date_time": {"completed_date_time": None, "status": "Not Started"},
    },
    "stripe.credit_note": {"voided_at": {"voided_at": None, "status": "issued"}},
    "stripe.invoice": {
        "status_transitions_paid_at": {
            "status_transitions_paid_at": None,
            "status": "open",
            "amount_paid": 0,
            "amount_remaining": pl.col("total"),
            "charge_id": None,
        },
        "status_transitions_voided_at": {"status_transitions_voided_at": None, "status": "open"},
        "status_transitions_marked_uncollectible_at": {
            "status_transitions_marked_uncollectible_at": None,
            "status": "open",
        },
        "status_transitions_finalized_at": {
            "status_transitions_finalized_at": None,
            "status": "draft",
        },
    },
}

# Columns that a source overwrites without saying when. Here they tell nothing, so that a model
# which reads today's value into the past shows up.
OVERWRITTEN: dict[str, Changes] = {
    "salesforce.account": {"last_activity_date": None},
    "salesforce.contact": {"last_activity_date": None, "last_modified_date": None},
    "salesforce.opportunity": {
        "stage_name": None, "amount": None, "expected_revenue": None, "probability": None,
        "close_date": None, "is_closed": False, "is_won": False, "forecast_category": None,
        "last_activity_date": None,
    },
    "stripe.charge": {"amount_refunded": 0, "refunded": False},
    "stripe.customer": {"balance": 0, "delinquent": False},
    "stripe.dispute": {"status": "needs_response"},
    "stripe.invoice": {"attempt_count": 0, "auto_advance": True},
    "zendesk.ticket": {"status": "new", "priority": None, "assignee_id": None, "updated_at": None},
}  # fmt: skip

# Tables with a row per version: the last version that is known is open.
VERSIONED = ("salesforce.opportunity_history", "stripe.subscription_history")

GRACE = dt.timedelta(hours=24)


def truncate(raw_dir: Path, folder: Path, as_of: dt.date) -> None:
    """Write the raw exports as they stood on the evening of a date, with the loader's grace."""
    evening = dt.datetime.combine(as_of, dt.time()) + dt.timedelta(days=1)
    for name, clock in clocks().items():
        path = raw_dir.joinpath(*name.split(".")).with_suffix(".parquet")
        frame = pl.scan_parquet(path).filter(pl.col(clock) < evening + GRACE)
        for moment, before in MILESTONES.get(name, {}).items():
            # Only the end of a tag has a loader's clock of its own; the others are dates of events.
            limit = evening + GRACE if moment == "end_recorded_at" else evening
            frame = frame.with_columns(_changed(before, pl.col(moment) >= limit))
        frame = frame.with_columns(_changed(OVERWRITTEN.get(name, {}), pl.lit(True)))
        if name in VERSIONED:
            frame = _reopened(frame)
        if name == "marketing.contact":
            frame = _marketable_again(frame, raw_dir, evening)
        target = folder.joinpath(*name.split(".")).with_suffix(".parquet")
        target.parent.mkdir(parents=True, exist_ok=True)
        frame.collect().write_parquet(target)


def clocks() -> dict[str, str]:
    """The loader's clock of every raw table, from the source contract."""
    return {
        f"{source.name}.{table['name']}": table["config"]["meta"]["loaded_at"]
        for source in yaml_nodes("models/staging", "sources")
        for table in source.node["tables"]
        if source.name != "derived"
    }


def _changed(before: Changes, condition: pl.Expr) -> list[pl.Expr]:
    """The columns with what stood there before, where the condition holds."""
    return [
        pl.when(condition)
        .then(value if isinstance(value, pl.Expr) else pl.lit(value))
        .otherwise(pl.col(column))
        .alias(column)
        for column, value in before.items()
    ]


def _reopened(versions: pl.LazyFrame) -> pl.LazyFrame:
    is_last = pl.col("_fivetran_start") == pl.col("_fivetran_start").max().over("id")
    return versions.with_columns(
        _fivetran_end=pl.when(is_last).then(None).otherwise(pl.col("_fivetran_end")),
        _fivetran_active=is_last,
    )


def _marketable_again(contacts: pl.LazyFrame, raw_dir: Path, evening: dt.datetime) -> pl.LazyFrame:
    """Who opted out later was marketable before; the source knows only today's state."""
    opt_outs = pl.scan_parquet(raw_dir / "marketing" / "email_event.parquet").filter(
        pl.col("type").str.to_lowercase().str.strip_chars() == "statuschange",
        pl.col("created") >= evening,
        pl.col("created") <= pl.col("_fivetran_synced"),
    )
    later = opt_outs.select(pl.col("recipient").unique()).collect().to_series()
    return contacts.with_columns(
        property_hs_marketable_status=pl.col("property_hs_marketable_status")
        | pl.col("property_email").is_in(later.implode())
    )
