"""Raw exports as they were on an earlier evening: what came or changed later is taken out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl

from scripts.lib.sample.earlier import Changes, as_it_stood, set_where
from support.project_files import yaml_nodes

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

GRACE = dt.timedelta(hours=24)


def truncate(raw_dir: Path, folder: Path, as_of: dt.date) -> None:
    """Write the raw exports as they stood on the evening of a date, with the loader's grace."""
    evening = dt.datetime.combine(as_of, dt.time()) + dt.timedelta(days=1)
    for name in clocks():
        frame = as_it_stood(raw_dir, name, evening, evening + GRACE)
        frame = frame.with_columns(set_where(OVERWRITTEN.get(name, {}), pl.lit(True)))
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
