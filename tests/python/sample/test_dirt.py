"""Every dirty row is counted in the log, and nothing else is dirty."""

from __future__ import annotations

import polars as pl
import pytest

from scripts.lib.sample.dirt import RECIPES
from scripts.lib.sample.schema import TABLES
from tests.python.sample.conftest import Written

TABLE_NAMES = [".".join(key) for key in RECIPES]


def _logged(written: Written, table: str, kind: str, what: str) -> int:
    return written.log()[table][kind].get(what, 0)


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_counts_reconcile_with_the_log(written: Written, table: str) -> None:
    system, name = table.split(".")
    recipe, spec = RECIPES[(system, name)], TABLES[(system, name)]
    frame = written.table(table)
    assert written.log()[table]["rows"] == frame.height
    if recipe.future:
        future = frame.filter(pl.col(recipe.future).dt.year() == 2099).height
        assert future == _logged(written, table, "rejected", "in_future")
        honest = frame.filter(pl.col(recipe.future).dt.year() < 2099)
        assert (honest[recipe.future] <= honest[spec.clock]).all()
    if recipe.negative:
        negative = frame.filter(pl.col(recipe.negative) < 0).height
        assert negative == _logged(written, table, "rejected", f"negative_{recipe.negative}")
    if recipe.soft_delete:
        deleted = frame[recipe.soft_delete].sum()
        assert deleted == _logged(written, table, "rejected", "deleted_in_source")
    if recipe.out_of_range[0]:
        column, value = recipe.out_of_range
        wrong = frame.filter(pl.col(column) == value).height
        assert wrong == _logged(written, table, "rejected", f"out_of_range_{column}")
    if recipe.not_finite:
        odd = frame.filter(~pl.col(recipe.not_finite).is_finite()).height
        assert odd == _logged(written, table, "kept", f"not_finite_{recipe.not_finite}")
    if recipe.orphan[0]:
        column, key = recipe.orphan
        orphans = frame.filter(pl.col(column) == key).unique(spec.key).height
        assert orphans == _logged(written, table, "kept", f"orphan_{column}")


def test_the_promised_kinds_of_dirt_are_there(written: Written) -> None:
    log = written.log()
    assert log["salesforce.account"]["kept"]["duplicate_accounts"] >= 1
    assert log["salesforce.account"]["kept"]["trial_accounts"] >= 1
    assert log["product_events.tracks"]["rejected"]["duplicate_or_superseded"] > 50
    assert log["stripe.subscription_history"]["kept"]["null_quantity"] >= 1
    assert log["zendesk.ticket"]["kept"]["messy_status"] >= 1


def test_some_events_arrive_days_late(written: Written) -> None:
    tracks = written.table("product_events.tracks").filter(pl.col("timestamp").dt.year() < 2099)
    late = (tracks["received_at"] - tracks["timestamp"]).dt.total_days() >= 1
    assert 0.01 < late.mean() < 0.04


def test_the_tracking_outage_silences_everybody(written: Written) -> None:
    days = written.table("product_events.tracks")["timestamp"].dt.date().unique().sort()
    days = days.filter(days.dt.year() < 2099)
    assert days.diff().dt.total_days().max() == 7


def test_silent_accounts_send_neither_events_nor_heartbeats(written: Written) -> None:
    truth = pl.read_parquet(written.truth / "accounts.parquet")
    never = truth.filter("is_telemetry_never").height
    heard = written.table("product_events.groups")["group_id"].n_unique()
    assert never >= 1
    assert heard <= truth.height - never
