"""Parents of the CRM: three generations and one circle in every world."""

import polars as pl
import pytest

from scripts.lib.doctor.hierarchy import circles
from scripts.lib.sample.accounts import build
from scripts.lib.sample.calendar import Calendar
from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.frames import Streams
from tests.python.sample.conftest import Written


@pytest.mark.parametrize(("accounts", "seed"), [(20, 7), (500, 7), (2000, 3)])
def test_every_world_has_grandchildren_and_one_circle(accounts: int, seed: int) -> None:
    config = WorldConfig(accounts=accounts, months=12, seed=seed)
    world = build(config, Calendar(config.end, config.months), Streams(seed))
    parents = {
        f"{account:06}": f"{above:06}"
        for account, above in enumerate(world.parent.tolist())
        if above >= 0
    }
    found = list(circles(parents))
    assert [len(circle) for circle in found] == [2]
    assert any(above in parents and above not in found[0] for above in parents.values())


def test_parents_are_accounts_of_the_export(written: Written) -> None:
    accounts = written.table("salesforce.account")
    named = accounts.filter(pl.col("parent_id").is_not_null())
    assert len(named) >= 6
    assert named["parent_id"].is_in(accounts["id"].implode()).all()
