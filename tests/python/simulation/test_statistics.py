"""Correlation, alerts and order of an invented book, against the same counted out in Python."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from scripts.lib.simulation.compare import alerts, correlations, losses
from scripts.lib.simulation.sides import SIDES
from scripts.lib.warehouse import Warehouse

FIRST, HORIZON = dt.date(2025, 1, 5), 60
DATES = [FIRST + dt.timedelta(days=7 * week) for week in range(30)]
ACCOUNTS = [f"a{number:02}" for number in range(25)]
Pair = dict[str, Any]


def invented_pairs(seed: int) -> list[Pair]:
    """Scores in steps of five, so that many are equal; some are unknown, some accounts young."""
    rng = random.Random(seed)
    found = []
    for account in ACCOUNTS:
        start = rng.choice([0, 0, 0, 8])
        for date in DATES[start:]:
            row: Pair = {"account_id": account, "as_of_date": date}
            for side in SIDES:
                score = rng.choice([None, *range(0, 101, 5)])
                row[f"{side}_score"] = score
                row[f"{side}_rank"] = None if score is None else int(score >= 40)
                row[f"{side}_alarm"] = score is not None and score < 40
            found.append(row)
    return found


def invented_losses(seed: int) -> dict[str, tuple[dt.date, bool]]:
    rng = random.Random(seed + 1)
    return {
        account: (rng.choice(DATES) + dt.timedelta(days=3), rng.random() < 0.7)
        for account in rng.sample(ACCOUNTS, 12)
    }


@pytest.fixture(scope="module", params=range(3))
def invented(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[list[Pair], Any, Warehouse]]:
    pairs, lost = invented_pairs(request.param), invented_losses(request.param)
    tables = {
        "pairs": pl.DataFrame(pairs, infer_schema_length=None),
        "losses": pl.DataFrame(
            [(account, *found) for account, found in lost.items()],
            schema=["account_id", "decision_at", "is_own_loss"],
            orient="row",
        ),
        "horizon": pl.DataFrame({"horizon_days": [HORIZON]}, schema={"horizon_days": pl.Int32}),
    }
    folder = tmp_path_factory.mktemp("invented")
    with duckdb.connect() as connection:
        for name, frame in tables.items():
            frame.write_parquet(folder / f"{name}.parquet")
            connection.execute(f"create table {name} as select * from '{folder}/{name}.parquet'")
        yield pairs, lost, Warehouse(connection)


def test_rank_correlation_is_that_of_mean_ranks(
    invented: tuple[list[Pair], Any, Warehouse],
) -> None:
    pairs, _, sides = invented
    expected = {}
    for date in DATES:
        rows = [row for row in pairs if row["as_of_date"] == date
                and None not in (row["published_score"], row["candidate_score"])]  # fmt: skip
        ranks = [pl.Series([row[f"{side}_score"] for row in rows]).rank("average")
                 for side in SIDES]  # fmt: skip
        expected[date] = float(np.corrcoef(ranks[0].to_numpy(), ranks[1].to_numpy())[0, 1])
    found = correlations(sides)
    assert {row["as_of_date"]: row["correlation"] for row in found["dates"]} == pytest.approx(
        expected, abs=1e-6
    )
    assert found["lowest"] == pytest.approx(min(expected.values()), abs=1e-6)
    assert found["now"] == pytest.approx(expected[DATES[-1]], abs=1e-6)


def test_an_alert_is_a_step_into_a_band_that_needs_attention(
    invented: tuple[list[Pair], Any, Warehouse],
) -> None:
    pairs, _, sides = invented
    expected: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for side in SIDES:
        known = [row for row in pairs if row[f"{side}_rank"] is not None]
        first = min(row["as_of_date"] for row in known)
        for account, rows in itertools.groupby(known, key=lambda row: row["account_id"]):
            earlier = None
            for row in rows:
                alarm = row[f"{side}_alarm"]
                if alarm and (earlier is False or (earlier is None and row["as_of_date"] > first)):
                    expected[f"{row['as_of_date']:%Y-%m}"][side].add(account)
                earlier = alarm
    for row in alerts(sides):
        published, candidate = (expected[row["month"]][side] for side in SIDES)
        assert row == {
            "month": row["month"],
            "published": len(published),
            "candidate": len(candidate),
            "both": len(published & candidate),
            "new": len(candidate - published),
            "gone": len(published - candidate),
        }


def test_order_is_counted_over_all_pairs_of_leavers_and_stayers(
    invented: tuple[list[Pair], Any, Warehouse],
) -> None:
    pairs, lost, sides = invented
    known_until = DATES[-1] - dt.timedelta(days=HORIZON)
    months = {f"{date:%Y-%m}": date for date in DATES if date <= known_until}
    outcomes = []
    for row in pairs:
        scores = [row[f"{side}_score"] for side in SIDES]
        if row["as_of_date"] not in months.values() or None in scores:
            continue
        day, is_own = lost.get(row["account_id"], (dt.date.max, True))
        is_lost = 0 < (day - row["as_of_date"]).days <= HORIZON
        if is_own or not is_lost:
            outcomes.append((is_lost, scores))
    found = losses(sides)
    assert (found["lost"], found["kept"]) == (
        sum(is_lost for is_lost, _ in outcomes), sum(not is_lost for is_lost, _ in outcomes),
    )  # fmt: skip
    for place, side in enumerate(SIDES):
        below = [
            1.0 if gone[place] < stayed[place] else 0.5 if gone[place] == stayed[place] else 0.0
            for is_lost, gone in outcomes if is_lost
            for was_lost, stayed in outcomes if not was_lost
        ]  # fmt: skip
        assert found["chances"][side] == pytest.approx(sum(below) / len(below))


def test_a_leaver_is_looked_at_on_the_last_date_before_the_lead(
    invented: tuple[list[Pair], Any, Warehouse],
) -> None:
    pairs, lost, sides = invented
    for row in losses(sides)["leads"]:
        found = []
        for account, (day, is_own) in lost.items():
            rows = [
                pair for pair in pairs
                if pair["account_id"] == account and is_own and day <= DATES[-1]
                and None not in (pair["published_score"], pair["candidate_score"])
                and 0 <= (day - pair["as_of_date"]).days - row["days_before"] < 31
            ]  # fmt: skip
            found += [max(rows, key=lambda pair: pair["as_of_date"])] if rows else []
        assert row["accounts"] == len(found)
        for side in SIDES:
            assert row[f"{side}_alarms"] == sum(pair[f"{side}_alarm"] for pair in found)
            if found:
                mean = sum(pair[f"{side}_score"] for pair in found) / len(found)
                assert row[f"{side}_mean"] == pytest.approx(mean)
