"""A row that was loaded again is still known since its first load."""

import datetime as dt
import hashlib

import polars as pl
from support.gate_world import GateWorld

TABLE = "customer_success.csm_pulse"
DAY = dt.timedelta(days=1)


def kept(world: GateWorld) -> pl.DataFrame:
    path = world.places.derived_dir / "first_loads" / "customer_success.parquet"
    return pl.read_parquet(path) if path.exists() else pl.DataFrame()


def loaded_again(world: GateWorld, keys: list[str], moved: dt.timedelta = DAY) -> None:
    clock = pl.col("recorded_at") + pl.when(pl.col("id").is_in(keys)).then(moved).otherwise(
        dt.timedelta(0)
    )
    world.change(TABLE, lambda frame: frame.with_columns(clock.alias("recorded_at")))


def first_clocks(world: GateWorld) -> dict[str, dt.datetime]:
    rows = world.read(TABLE).group_by("id").agg(pl.col("recorded_at").min()).iter_rows()
    return {key: clock.replace(tzinfo=None) for key, clock in rows}


def test_only_rows_that_were_loaded_again_are_kept_with_their_first_load(world: GateWorld) -> None:
    clocks = first_clocks(world)
    again = sorted(clocks)[:2]
    loaded_again(world, again)
    world.run()
    names = {hashlib.md5(key.encode()).hexdigest(): clocks[key] for key in again}
    found = kept(world)
    assert dict(zip(found["row_key"], found["first_loaded_at"], strict=True)) == names
    assert set(found["source_system"]) == {"customer_success"}
    assert set(found["source_table"]) == {"csm_pulse"}


def test_the_earliest_load_stands_however_often_a_row_comes_again(world: GateWorld) -> None:
    clocks = first_clocks(world)
    key = min(clocks)
    for _ in range(2):
        loaded_again(world, [key])
        world.run()
    assert kept(world)["first_loaded_at"].to_list() == [clocks[key]]


def test_an_export_that_adds_rows_or_moves_a_clock_back_keeps_nothing(world: GateWorld) -> None:
    rows = world.read(TABLE)
    world.change(TABLE, lambda frame: frame.with_columns(note=pl.lit("corrected in place")))
    world.run()
    loaded_again(world, [rows["id"].min()], -DAY)
    world.run()
    assert kept(world).is_empty()


def test_a_refused_export_keeps_nothing(world: GateWorld) -> None:
    loaded_again(world, [world.read(TABLE)["id"].min()])
    world.change(TABLE, lambda frame: frame.drop("account_id"))
    world.run()
    assert kept(world).is_empty()
