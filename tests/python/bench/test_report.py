"""What the page says of a benchmark's numbers."""

from __future__ import annotations

from dataclasses import replace

from scripts.lib.bench import report
from scripts.lib.bench.compare import Agreement
from scripts.lib.bench.measure import Cost
from scripts.lib.bench.suite import Day, Layer, Result

RESULT = Result(
    accounts=20,
    months=6,
    raw_rows=1000,
    event_rows=600,
    account_dates=120,
    parse=Cost(17.0, 18.0, 0.5),
    build=Cost(330.0, 170.0, 1.5),
    scores=Cost(300.0, 150.0, 1.25),
    layers=[Layer("core", 46, None, None, 45.0)],
    floor=Cost(200.0, 100.0, 1.0),
    floor_steps=[("create table floor_usage as", 3.0)],
    build_gigabytes=2.0,
    floor_gigabytes=0.5,
    agreements=[Agreement("U01 value", 120, 120)],
)
DAY = Day(Cost(66.0, 40.0, 1.4), 50, 3, 120, 20, 0)


def lines(result: Result) -> list[str]:
    return report.as_markdown(result).splitlines()


def test_the_floor_is_compared_with_what_it_computes() -> None:
    """The floor has scores and nothing that stands on them, and so has what it is compared with."""
    assert "| CPU seconds | 200.0 | 300.0 | 330.0 |" in lines(RESULT)
    assert "| CPU of the scores alone / floor | **1.50** | 1.50 |" in lines(RESULT)
    assert "| CPU of the whole build / scores alone | **1.10** | 1.40 |" in lines(RESULT)
    document = report.as_document(RESULT)
    assert (document["cpu_ratio"], document["cpu_growth"]) == (1.5, 1.1)


def test_a_layer_has_its_costs_once_they_are_known() -> None:
    assert "| core | 46 | 45.0 |" in lines(RESULT)
    known = replace(RESULT, layers=[Layer("core", 46, 44.0, 25.0, 45.0, 1.234, 0.5)])
    assert "| core | 46 | 44.0 | 25.0 | 45.0 | 1.23 | 0.50 |" in lines(known)


def test_a_day_is_a_share_of_the_whole_build() -> None:
    assert "| CPU seconds | 66.0 | 330.0 | **20%** | 20% |" in lines(replace(RESULT, day=DAY))
    assert not [line for line in lines(RESULT) if "One more day" in line]
