"""Raw exports as they stood at an earlier moment: what came or changed later is taken out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from scripts.lib.sample.schema import TABLES

Changes = Mapping[str, Any]

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

# Tables with a row per version: the last version that is known is open.
VERSIONED = ("salesforce.opportunity_history", "stripe.subscription_history")
# Milestones that carry a loader's clock; the others are dates of events.
RECORDED = ("end_recorded_at",)


def as_it_stood(
    raw_dir: Path, name: str, happened_before: dt.datetime, loaded_before: dt.datetime
) -> pl.LazyFrame:
    """A table (`system.table`) with the rows that had been loaded and what had happened by then."""
    system, table = name.split(".")
    frame = pl.scan_parquet(raw_dir / system / f"{table}.parquet").filter(
        pl.col(TABLES[system, table].clock) < loaded_before
    )
    for moment, before in MILESTONES.get(name, {}).items():
        limit = loaded_before if moment in RECORDED else happened_before
        frame = frame.with_columns(set_where(before, pl.col(moment) >= limit))
    if name in VERSIONED:
        frame = _reopened(frame)
    if name == "marketing.contact":
        frame = _marketable_again(frame, raw_dir, happened_before)
    return frame


def changed_since(name: str, moment: dt.datetime) -> pl.Expr:
    """When a row got what `as_it_stood` would take out of it again; null where nothing is."""
    changes = [
        pl.when(
            pl.col(column) >= moment,
            pl.any_horizontal(
                pl.col(changed).ne_missing(value if isinstance(value, pl.Expr) else pl.lit(value))
                for changed, value in before.items()
            ),
        ).then(pl.col(column))
        for column, before in MILESTONES.get(name, {}).items()
    ]
    return pl.max_horizontal(changes) if changes else pl.lit(None, pl.Datetime("us"))


def set_where(values: Changes, condition: pl.Expr) -> list[pl.Expr]:
    """The columns with the given values where the condition holds."""
    return [
        pl.when(condition)
        .then(value if isinstance(value, pl.Expr) else pl.lit(value))
        .otherwise(pl.col(column))
        .alias(column)
        for column, value in values.items()
    ]


def _reopened(versions: pl.LazyFrame) -> pl.LazyFrame:
    is_last = pl.col("_fivetran_start") == pl.col("_fivetran_start").max().over("id")
    return versions.with_columns(
        _fivetran_end=pl.when(is_last).then(None).otherwise(pl.col("_fivetran_end")),
        _fivetran_active=is_last,
    )


def _marketable_again(contacts: pl.LazyFrame, raw_dir: Path, moment: dt.datetime) -> pl.LazyFrame:
    """Who opted out later was marketable before; the source knows only today's state."""
    opt_outs = pl.scan_parquet(raw_dir / "marketing" / "email_event.parquet").filter(
        pl.col("type").str.to_lowercase().str.strip_chars() == "statuschange",
        pl.col("created") >= moment,
        pl.col("created") <= pl.col("_fivetran_synced"),
    )
    later = opt_outs.select(pl.col("recipient").unique()).collect().to_series()
    return contacts.with_columns(
        property_hs_marketable_status=pl.col("property_hs_marketable_status")
        | pl.col("property_email").is_in(later.implode())
    )
