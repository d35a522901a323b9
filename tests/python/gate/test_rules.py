"""The limits of the rules, on both sides, without any file."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from scripts.lib.gate.config import Rule, read_config
from scripts.lib.gate.history import Entry, add_history, read_history, usual_rows
from scripts.lib.gate.incidents import update_incidents
from scripts.lib.gate.judged import Judged
from scripts.lib.gate.merge import merged_partitions, merged_profile
from scripts.lib.gate.records import Check, ColumnProfile, GateFinding, TableProfile
from scripts.lib.gate.row_rules import passes
from scripts.lib.gate.rules import judge
from scripts.lib.gate.shift_rules import changed_days
from scripts.lib.settings import load_settings
from scripts.lib.source_contract import SourceContract

SETTINGS = load_settings()
CONFIG = read_config(SETTINGS)
INVOICE = next(t for t in SourceContract(SETTINGS).tables if t.name == "stripe.invoice")
AS_OF = dt.date(2025, 12, 31)
SHARE = Rule("out_of_range", "block", {"share": 0.01, "rows": 5, "notice": 0.001})


@pytest.mark.parametrize(
    ("bad", "base", "acts"),
    [
        (0, 1_000, False),
        (10, 1_000, False),  # exactly the limit
        (11, 1_000, True),
        (4, 100, False),  # four of few rows are an accident
        (5, 100, True),
        (3, 5, True),  # more than half of all
        (2, 4, False),
    ],
)
def test_many_are_a_share_and_a_number(bad: int, base: int, acts: bool) -> None:
    assert passes(SHARE, Check(bad, base)) is acts


def profile(rows: int = 1_000, **columns: ColumnProfile) -> TableProfile:
    return TableProfile(
        "stripe", "invoice", "invoice.parquet", "0" * 64, 1, rows, dict(columns),
        min_event="2025-01-01 00:00:00", max_event="2025-12-31 00:00:00",
        max_loaded="2025-12-31 06:00:00",
    )  # fmt: skip


def rules(new: TableProfile, old: TableProfile | None = None, **more: object) -> set[str]:
    history = [
        Entry(f"r{day}", (AS_OF - dt.timedelta(days=day)).isoformat(), "stripe.invoice", old.rows, {
            name: column.median for name, column in old.columns.items() if column.median is not None
        })
        for day in range(1, 29)
    ] if old else []  # fmt: skip
    judged = Judged(
        CONFIG, INVOICE, new, {}, accepted=old, history=history, as_of=AS_OF,
        reference=dt.datetime(2026, 1, 1),
    )  # fmt: skip
    return {row.rule_id for row in judge(replace(judged, **more))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rows", "found"), [(800, set()), (799, {"volume"}), (1_500, set()), (1_501, {"volume"})]
)
def test_volume(rows: int, found: set[str]) -> None:
    assert rules(profile(rows), profile(1_000)) == found


def test_a_drop_must_leave_the_last_run_too() -> None:
    assert rules(profile(520), profile(500), history=[
        Entry("r", (AS_OF - dt.timedelta(days=7)).isoformat(), "x", 1_000, {})
    ]) == set()  # fmt: skip


def test_a_young_company_may_double_in_a_month() -> None:
    history = [
        Entry(f"r{day}", (AS_OF - dt.timedelta(days=day)).isoformat(), "x", 3_000 - 100 * day, {})
        for day in range(1, 29)
    ]
    assert rules(profile(3_000), profile(2_900), history=history) == set()


def test_few_rows_have_no_volume() -> None:
    assert rules(profile(10), profile(40)) == set()


def column(**values: float) -> ColumnProfile:
    known: dict[str, object] = {"filled": 1_000, "recent_filled": 100, "low": 1.0, "high": 9_000.0}
    return ColumnProfile("total", "BIGINT", **(known | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (column(median=200.0), set()),
        (column(median=201.0), {"median_shift"}),
        (column(median=50.0), set()),
        (column(median=49.0), {"median_shift"}),
        (column(median=-100.0), {"median_shift"}),
        (column(median=201.0, filled=49), {"column_emptied"}),
        (column(median=100.0, recent_median=801.0), {"recent_shift"}),
        (column(median=100.0, recent_median=799.0), set()),
        (column(median=100.0, recent_median=801.0, recent_filled=49), set()),
        (column(median=100.0, high=9_000_001.0), {"largest_value"}),
        (column(median=100.0, high=8_999_999.0), set()),
    ],
)
def test_values(new: ColumnProfile, found: set[str]) -> None:
    assert rules(profile(total=new), profile(total=column(median=100.0))) == found


def test_shares_of_a_status() -> None:
    before = profile(status=column(shares={"paid": 0.9, "open": 0.1}))  # type: ignore[arg-type]
    some = profile(status=column(shares={"paid": 0.66, "open": 0.34}))  # type: ignore[arg-type]
    many = profile(status=column(shares={"paid": 0.6, "open": 0.4}))  # type: ignore[arg-type]
    assert rules(some, before) == set()
    assert rules(many, before) == {"share_shift"}


def test_the_newest_row_may_go_back_a_day() -> None:
    before = profile()
    day = replace(profile(), max_loaded="2025-12-30 06:00:00")
    more = replace(profile(), max_loaded="2025-12-30 05:59:59")
    assert rules(day, before) == set()
    assert rules(more, before) == {"went_back"}


def test_days_of_events_against_their_weekday() -> None:
    def days(last: int) -> dict[str, tuple[int, int]]:
        start = dt.date(2025, 10, 1)
        counts = {
            (start + dt.timedelta(days=n)).isoformat(): (200, 1)
            for n in range((dt.date(2025, 12, 31) - start).days)
        }
        return counts | {"2025-12-30": (last, 1)}

    before = replace(profile(), max_event="2025-12-29 00:00:00")
    for rows, expected in ((20, set()), (19, {"daily_volume"}), (1_601, {"daily_volume"})):
        assert rules(profile(), before, partitions=days(rows)) == expected
    # A day that was accepted is not asked again.
    assert rules(profile(), profile(), partitions=days(19)) == set()


def test_changed_days_and_the_usual_delay() -> None:
    old = {"2025-12-01": (1, 1), "2025-12-30": (1, 1), "": (4, 4)}
    new = {"2025-12-30": (2, 5), "2025-12-31": (1, 9), "": (5, 5)}
    assert changed_days(new, old) == [dt.date(2025, 12, day) for day in (1, 30, 31)]
    recent = {name: value for name, value in old.items() if name != "2025-12-01"}
    base = {"partitions": new}
    assert rules(profile(), profile(), accepted_partitions=old, **base) == {"changed_rows"}
    assert rules(profile(), profile(), accepted_partitions=recent, **base) == set()


def test_history_counts_the_weekday_and_one_run_a_day() -> None:
    entries = [
        Entry("a", "2025-12-24", "t", 100, {}),
        Entry("b", "2025-12-17", "t", 300, {}),
        Entry("c", "2025-12-30", "t", 9_999, {}),
    ]
    assert usual_rows(entries, AS_OF) == 200
    assert usual_rows(entries[2:], AS_OF) == 9_999
    assert usual_rows([], AS_OF) is None


def test_history_survives_a_torn_line_and_stays_small(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scripts.lib.gate import history

    folder = tmp_path_factory.mktemp("history")
    for number in range(40):
        known = read_history(folder)
        day = AS_OF + dt.timedelta(days=number // 2)
        add_history(folder, f"r{number}", day, [profile(number + 1)], known)
    assert len(read_history(folder)["stripe.invoice"]) == 20
    with (folder / history.FILE).open("a") as handle:
        handle.write('{"run_id": "torn')
    assert len(read_history(folder)["stripe.invoice"]) == 20
    monkeypatch.setattr(history, "KEPT_BYTES", 100)
    add_history(folder, "last", AS_OF, [profile(7)], read_history(folder))
    assert len((folder / history.FILE).read_text().splitlines()) == 21


def test_parts_make_a_table() -> None:
    first = profile(100, total=column(median=10.0, filled=100))
    second = replace(profile(300, total=column(median=50.0, filled=300)), file="b.parquet")
    first.checks["out_of_range|total"] = Check(1, 100)
    second.checks["out_of_range|total"] = Check(2, 300)
    whole = merged_profile([first, second])
    assert (whole.rows, whole.file) == (400, "invoice.parquet, b.parquet")
    assert whole.checks["out_of_range|total"] == Check(3, 400)
    assert whole.columns["total"].median == 50.0
    assert merged_partitions([{"d": (1, 2**64 - 1)}, {"d": (1, 2)}]) == {"d": (2, 1)}


def test_incidents_open_stay_and_close() -> None:
    finding = GateFinding("volume", "block", "stripe", "invoice", None, None, 0, (), "m", "a")
    later = AS_OF + dt.timedelta(days=2)
    opened = update_incidents([], [finding], AS_OF)
    assert update_incidents(opened, [finding], later) == opened
    closed = update_incidents(opened, [], later)
    assert [row.closed_on for row in closed] == [later]
    again = update_incidents(closed, [finding], later + dt.timedelta(days=1))
    assert [row.closed_on for row in again] == [later, None]
    same_day = update_incidents(closed, [finding], AS_OF)
    assert [row.closed_on for row in same_day] == [None]
    assert update_incidents([], [replace(finding, action="warn")], AS_OF) == []
