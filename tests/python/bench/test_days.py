"""The two raw folders of the benchmark's day: the day's part on the day before is the whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from scripts.lib.bench.days import IN_PARTS, Days, lay_out_days
from scripts.lib.raw_files import find_table
from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.schema import TABLES
from scripts.lib.sample.world import generate

AS_OF = dt.date(2025, 12, 31)
MIDNIGHT = dt.datetime(2025, 12, 31)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("days")
    generate(WorldConfig(20, 9, AS_OF, 7, "base"), folder / "raw", folder / "truth")
    return folder / "raw"


@pytest.fixture(scope="module")
def days(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Days:
    return lay_out_days(raw, tmp_path_factory.mktemp("laid_out"), AS_OF)


def table_of(folder: Path, name: str) -> pl.DataFrame:
    system, table = name.split(".")
    found = find_table(folder / system, system, (table,))
    assert found is not None
    path = found.path
    return pl.read_parquet(path / "*.parquet" if path.is_dir() else path)


def test_every_table_is_there_on_both_days(days: Days) -> None:
    for system, table in TABLES:
        for side in (days.before, days.day):
            found = find_table(side / system, system, (table,))
            assert found is not None, f"{side.name}: {system}.{table}"
            assert found.path.is_dir() == (f"{system}.{table}" in IN_PARTS)


@pytest.mark.parametrize("name", IN_PARTS)
def test_the_parts_and_the_day_are_the_whole(raw: Path, days: Days, name: str) -> None:
    """The newest row of each key is the sampled one; nothing but changed rows is there twice."""
    spec = TABLES[tuple(name.split("."))]
    whole = table_of(raw, name)
    laid_out = table_of(days.day, name)
    assert laid_out.height == table_of(days.before, name).height + days.rows[name]
    newest = laid_out.sort(spec.clock).group_by(spec.key).last().drop(spec.clock)
    sampled = whole.sort(spec.clock).group_by(spec.key).last().drop(spec.clock)
    newest = newest.select(sampled.columns).sort(spec.key)
    assert newest.equals(sampled.sort(spec.key))
    again = laid_out.height - whole.height
    assert again == days.rows[name] - whole.filter(pl.col(spec.clock) >= MIDNIGHT).height


def test_the_day_brings_changed_rows_once_more(days: Days) -> None:
    """A meeting of the day has its outcome now; the row itself was loaded long before."""
    events = table_of(days.day, "salesforce.event").filter(pl.len().over("id") > 1)
    assert events.height >= 2
    first, last = (
        events.sort("_fivetran_synced").group_by("id", maintain_order=True).agg(one).sort("id")
        for one in (pl.all().first(), pl.all().last())
    )
    assert first["outcome_c"].null_count() == first.height
    assert last["outcome_c"].null_count() == 0
    assert (last["_fivetran_synced"] >= MIDNIGHT).all()


def test_the_day_adds_parts_and_touches_none(days: Days) -> None:
    for name in IN_PARTS:
        before, day = (side.joinpath(*name.split(".")) for side in (days.before, days.day))
        added = {part.name for part in day.iterdir()} - {part.name for part in before.iterdir()}
        assert added == ({f"{AS_OF}.parquet"} if days.rows[name] else set())
        for part in before.iterdir():
            assert part.samefile(day / part.name)
    assert days.rows["product_events.tracks"] > 0


def test_nothing_of_the_day_lies_in_the_folder_before(days: Days) -> None:
    for (system, table), spec in TABLES.items():
        latest = table_of(days.before, f"{system}.{table}")[spec.clock].max()
        assert latest is None or latest < MIDNIGHT


def test_a_file_is_replaced_only_if_it_differs(raw: Path, days: Days) -> None:
    for system, table in TABLES:
        name = f"{system}.{table}"
        if name in IN_PARTS:
            continue
        before, day = (side / system / f"{table}.parquet" for side in (days.before, days.day))
        assert table_of(days.day, name).equals(table_of(raw, name))
        assert before.samefile(day) == (name not in days.replaced)
        assert table_of(days.before, name).equals(table_of(raw, name)) == before.samefile(day)


def test_months_lie_in_parts_of_their_own(days: Days) -> None:
    for part in (days.before / "product_events" / "tracks").iterdir():
        months = pl.read_parquet(part)["received_at"].dt.strftime("%Y-%m").unique().to_list()
        assert months == [part.stem]


def test_the_same_bytes_every_time(raw: Path, days: Days, tmp_path: Path) -> None:
    again = lay_out_days(raw, tmp_path, AS_OF)
    assert again.rows == days.rows and again.replaced == days.replaced
    for first, second in ((days.before, again.before), (days.day, again.day)):
        files = sorted(path.relative_to(first) for path in first.rglob("*.parquet"))
        assert files == sorted(path.relative_to(second) for path in second.rglob("*.parquet"))
        for path in files:
            assert (first / path).read_bytes() == (second / path).read_bytes(), path
