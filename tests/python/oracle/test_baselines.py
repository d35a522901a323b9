"""Freezing: quarter ends, rows and files."""

from __future__ import annotations

import datetime as dt
import statistics
from pathlib import Path

import pytest

from scripts.lib import baselines
from scripts.lib.oracle.compare import Seeds
from scripts.lib.oracle.scores import Evidence


def weeks(first: str, last: str) -> list[dt.date]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return [start + dt.timedelta(7 * n) for n in range((end - start).days // 7 + 1)]


def test_quarter_ends_are_the_last_four_on_the_grid() -> None:
    found = baselines.quarter_ends([*weeks("2024-01-07", "2025-12-28"), dt.date(2025, 12, 31)])
    assert [date.isoformat() for date in found] == [
        "2025-03-30", "2025-06-29", "2025-09-28", "2025-12-31",
    ]  # fmt: skip


def test_a_quarter_that_has_not_ended_is_left_out() -> None:
    found = baselines.quarter_ends(weeks("2024-01-07", "2025-11-30"))
    assert [date.isoformat() for date in found][-1] == "2025-09-28"


def test_a_short_history_has_fewer_quarter_ends() -> None:
    assert len(baselines.quarter_ends(weeks("2025-06-01", "2025-12-31"))) == 2


def row(account: str, value: float | None) -> baselines.Row:
    return {
        "account_id": account, "metric_id": "U05", "metric_value": value, "peer_plan_tier": "pro",
    }  # fmt: skip


def test_peers_are_counted_by_level_in_whole_steps() -> None:
    found = baselines.freeze_peers(
        [row("a", 0.5), row("b", 0.504), row("c", None), {**row("d", 0.1), "peer_plan_tier": None}],
        Seeds(),
    )
    assert found["U05", "all", "all"] == {50: 2, 10: 1}
    assert found["U05", "plan_tier", "pro"] == {50: 2}
    assert found["U05", "plan_tier", "unknown"] == {10: 1}


def test_a_metric_with_too_few_scores_keeps_its_prior() -> None:
    seeds = Seeds()
    many = [Evidence("U01", "usage", 1, 50, score, 1) for score in range(0, 101, 2)]
    few = [Evidence("U02", "usage", 1, 50, 10, 1)]
    found = baselines.freeze_priors(many + few, seeds)
    before = seeds.priors["U02"]
    assert found["U01"] == (50, 29.73)
    assert found["U02"] == (float(before["typical_score"]), float(before["score_sd"]))


def test_scores_under_thresholds_of_a_card_are_its_own() -> None:
    seeds = Seeds()
    card, metric = seeds.cards.card_knots[0]["card_id"], seeds.cards.card_knots[0]["metric_id"]
    rows = [
        Evidence(metric, "support", 1, 50, score, 1, thresholds_of=holder)
        for holder, score in [(None, 40), (card, 90)] * 20
    ] + [Evidence(metric, "support", 1, 50, 41, 1), Evidence(metric, "support", 1, 50, 39, 1)]
    assert baselines.freeze_priors(rows[:20] * 3, seeds)[metric][0] == 40
    assert baselines.freeze_card_priors(rows[:20] * 3, seeds)[card, metric][0] == 90


def test_gain_stretches_the_spread() -> None:
    seeds = Seeds()
    accounts = [[Evidence("U01", "usage", 1, 50, score, 1)] for score in (40, 50, 60)]
    assert set(baselines.freeze_gains(accounts, seeds).values()) == {1.8}


def test_the_worked_spread_has_the_worked_gain() -> None:
    seeds = Seeds()
    means = (48, 52, 55, 58, 60, 61, 63, 66, 70, 77)
    assert statistics.stdev(means) == pytest.approx(8.576454, abs=1e-6)
    accounts = [[Evidence("U01", "usage", 1, 50, score, 1)] for score in means]
    # The seed has three decimals of 2.098770.
    assert set(baselines.freeze_gains(accounts, seeds).values()) == {2.099}


def test_rows_of_other_versions_stay(tmp_path: Path) -> None:
    path = tmp_path / "seed.csv"
    path.write_text("version,a\nv1,1\nv2,2\n")
    assert baselines.replace_rows(path, [["v1", "9"], ["v1", "8"]]) == 2
    assert path.read_text() == "version,a\nv2,2\nv1,9\nv1,8\n"


@pytest.mark.build
def test_freezing_twice_gives_the_same_rows(warehouse: Path) -> None:
    first = baselines.freeze(warehouse, "v1")
    assert first == baselines.freeze(warehouse, "v1")
    assert len(first["scoring_model/metric_priors"]) == 45
    assert len(first["scoring_model/score_scaling"]) == 4
