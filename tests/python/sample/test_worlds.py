"""The hidden world: what drives leaving, and the worlds in which nothing does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from scripts.lib.sample.calendar import Calendar, after_business_minutes, business_clock
from scripts.lib.sample.config import WorldConfig, WorldName
from scripts.lib.sample.context import World
from scripts.lib.sample.dirt import Dirt
from scripts.lib.sample.frames import sigmoid
from scripts.lib.sample.latents import shift_month
from scripts.lib.sample.lifecycle import ACAUSAL, INVOLUNTARY, VOLUNTARY
from scripts.lib.sample.world import simulate
from scripts.lib.sample.writer import RawWriter
from tests.python.sample.conftest import Written

CONFIG = WorldConfig(accounts=3000, months=48, seed=3)


def _world(folder: Path, name: WorldName) -> World:
    config = replace(CONFIG, world=name)
    cal = Calendar(config.end, config.months)
    writer = RawWriter(folder / name, "parquet", Dirt(config.dirt, cal.last_load))
    return simulate(config, cal, writer)


def _separation(world: World) -> float:
    """Mean adoption before the decision of those who leave, less that of all."""
    spells = world.life.spells
    left = spells.end_type == VOLUNTARY
    month = np.clip(world.cal.month_of(spells.decided_at[left]) - 1, 0, CONFIG.months - 1)
    adoption = world.latents.window()[0]
    everybody = adoption[world.life.active]
    return float(adoption[spells.account[left], month].mean() - everybody.mean())


def test_unhappy_accounts_leave_in_the_base_world(tmp_path: Path) -> None:
    assert _separation(_world(tmp_path, "base")) < -0.3


def test_nothing_drives_leaving_in_the_null_world(tmp_path: Path) -> None:
    world = _world(tmp_path, "null")
    assert abs(_separation(world)) < 0.1
    # within an account the chance is the same in every month
    assert np.ptp(world.life.probability, axis=1).max() < 1e-12


def test_everybody_declines_in_the_shift_world(tmp_path: Path) -> None:
    base, shifted = _world(tmp_path, "base"), _world(tmp_path, "shift")
    month = shift_month(shifted.config)
    moved = shifted.latents.window() - base.latents.window()
    assert month == 32
    assert np.abs(moved[:, :, :month]).max() == 0
    size = CONFIG.latents
    expected = size.shift_size * np.hypot(size.stationary_sd, size.mean_sd)
    assert np.allclose(moved[:, :, month:], expected)


def test_yearly_churn_is_in_a_believable_range(tmp_path: Path) -> None:
    world = _world(tmp_path, "base")
    active = world.life.active[world.accounts.kind == 0]
    rates = [
        1 - active[active[:, month], month + 12].mean() for month in range(6, CONFIG.months - 12, 6)
    ]
    assert 0.13 < np.mean(rates) < 0.24


def test_outside_causes_take_one_leaver_in_nine(tmp_path: Path) -> None:
    ends = _world(tmp_path, "base").life.spells.end_type
    leavers = np.isin(ends, (VOLUNTARY, INVOLUNTARY, ACAUSAL)).sum()
    assert 0.095 < (ends == ACAUSAL).sum() / leavers < 0.15


def test_a_week_without_anybody_is_rare_in_a_living_account(tmp_path: Path) -> None:
    # more of them and the trends of twelve weeks follow the silence, not the states
    world = _world(tmp_path, "base")
    level, slope = CONFIG.product.silence
    silent = sigmoid(level + slope * world.signals["recency"][world.life.active])
    assert 0.005 < silent.mean() < 0.02


def test_the_truth_agrees_with_the_subscriptions(written: Written) -> None:
    spells = pl.read_parquet(written.truth / "spells.parquet")
    gone = spells.filter(
        (pl.col("churn_type") == "voluntary")
        & ~pl.col("is_after_end_date")
        & ~pl.col("is_backdated")
    )
    ended = written.table("stripe.subscription_history").filter("_fivetran_active")
    customers = written.table("stripe.customer").select(
        pl.col("id").alias("customer_id"),
        pl.col("metadata").str.extract(r'"(001\w+)"').alias("account_id"),
    )
    known = ended.join(customers, on="customer_id").select(
        "account_id", pl.col("ended_at").dt.date().alias("churned_on")
    )
    keyed = gone.filter(pl.col("account_id").is_in(customers["account_id"].drop_nulls().implode()))
    assert keyed.height >= 5
    assert keyed.join(known, on=["account_id", "churned_on"], how="anti").height == 0


def test_latents_cover_every_account_and_month(written: Written) -> None:
    latents = pl.read_parquet(written.truth / "latents.parquet")
    assert latents.height == 160 * 14
    assert latents["month_end"].max() == dt.date(2025, 12, 31)
    assert latents["p_churn"].is_between(0, 1).all()


@pytest.mark.parametrize("minutes", [1.0, 30.0, 480.0, 481.0, 5000.0])
def test_business_minutes_go_there_and_back(minutes: float) -> None:
    start = np.array([1_735_900_000, 1_736_000_000, 1_736_150_000, 1_736_200_500])
    later = after_business_minutes(start, np.full(4, minutes))
    assert (business_clock(later) - business_clock(start) == minutes).all()
