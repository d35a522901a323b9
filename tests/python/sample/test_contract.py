"""The raw files keep the source contracts."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
import yaml

from scripts.lib.sample.features import mapping_rows
from scripts.lib.sample.schema import SYSTEMS, TABLES
from tests.python.sample.conftest import CONFIG, Written

ROOT = Path(__file__).parents[3]
END = CONFIG.end
TYPES = {
    "varchar": pl.String,
    "double": pl.Float64,
    "bigint": pl.Int64,
    "integer": pl.Int64,
    "boolean": pl.Boolean,
    "date": pl.Date,
    "timestamp": pl.Datetime("us"),
}


@pytest.mark.parametrize("key", TABLES, ids=lambda key: ".".join(key))
def test_every_table_has_rows_and_the_columns_of_its_schema(
    written: Written, key: tuple[str, str]
) -> None:
    frame = written.table(".".join(key))
    assert frame.height == written.rows[".".join(key)] > 0
    assert dict(frame.schema) == TABLES[key].columns


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_schema_is_the_source_contract(system: str) -> None:
    path = ROOT / "models" / "staging" / system / f"_{system}__sources.yml"
    tables = yaml.safe_load(path.read_text())["sources"][0]["tables"]
    for table in tables:
        ours = TABLES[(system, table["name"])]
        for column in table["columns"]:
            name = column["name"]
            meta = column.get("config", {}).get("meta", {})
            if name not in ours.columns:
                assert not meta.get("required"), f"{system}.{table['name']}.{name}"
                continue
            wanted = TYPES[column["data_type"].lower().split("(")[0]]
            if name.endswith("_decimal"):  # the loader writes decimals as text
                wanted = pl.String
            if name == "id" or name.endswith("_id"):  # some systems number their records
                assert ours.columns[name] in (wanted, pl.Int64)
                continue
            assert ours.columns[name] == wanted, f"{system}.{table['name']}.{name}"


@pytest.mark.parametrize("key", TABLES, ids=lambda key: ".".join(key))
def test_keys_repeat_only_where_the_log_says_so(written: Written, key: tuple[str, str]) -> None:
    spec, frame = TABLES[key], written.table(".".join(key))
    logged = written.log().get(".".join(key), {}).get("rejected", {})
    repeats = frame.height - frame.select(spec.key).n_unique()
    assert repeats == logged.get("duplicate_or_superseded", 0)
    assert frame.select(spec.key).null_count().sum_horizontal().sum() == 0


@pytest.mark.parametrize("key", TABLES, ids=lambda key: ".".join(key))
def test_nothing_is_loaded_later_than_a_day_after_the_end(
    written: Written, key: tuple[str, str]
) -> None:
    clock = written.table(".".join(key))[TABLES[key].clock]
    assert clock.null_count() == 0
    assert (clock.dt.date() - END).dt.total_days().max() <= 1


def test_identifiers_look_like_the_real_systems(written: Written) -> None:
    accounts = written.table("salesforce.account")["id"]
    assert accounts.str.contains(r"^001[0-9A-Za-z]{15}$").all()
    assert written.table("product_events.tracks")["id"].str.len_chars().max() <= 12
    assert written.table("stripe.customer")["id"].str.starts_with("cus_").all()
    assert written.table("salesforce.contact")["email"].drop_nulls().str.ends_with(".example").all()


def test_yen_has_no_minor_unit(written: Written) -> None:
    prices = written.table("stripe.price").filter(pl.col("nickname") == "list")
    starter = prices.group_by("currency").agg(pl.col("unit_amount").min()).rows()
    amounts = dict(starter)
    assert 80 < amounts["jpy"] / (amounts["usd"] / 100) < 300


def test_the_seed_maps_every_event_that_the_world_sends(written: Written) -> None:
    path = ROOT / "seeds" / "mappings" / "product_features.csv"
    seed = pl.read_csv(path, infer_schema=False).with_columns(pl.all().fill_null(""))
    assert seed.rows() == [tuple(str(value) for value in row) for row in mapping_rows()]
    events = set(written.table("product_events.tracks")["event"])
    assert events <= set(seed["event_name"])
    assert {"dashboard_viewed", "board_viewed"} <= events
