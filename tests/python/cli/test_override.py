"""`health override`: it writes what the rules allow, and says what they do not."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from support.ledgers import entry, write_ledger
from support.running import MAX_WIDTH, health, health_json, widest

from scripts.commands import override as command

NOW = dt.datetime(2025, 12, 31, 15, 0, 0)


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "_moment", lambda: NOW)


@pytest.fixture
def places(tiny_warehouse: Path, tmp_path: Path) -> dict[str, Path | str]:
    return {"db": tiny_warehouse, "raw_dir": tmp_path / "raw", "derived_dir": tmp_path / "derived"}


def options(**changes: str | None) -> list[str]:
    given: dict[str, str | None] = {
        "kind": "delta", "amount": "-10", "reason": "known_risk",
        "evidence": "https://notes.example/1", "author": "ann@vendor.example", "role": "csm",
        "until": "2026-02-28", **changes,
    }  # fmt: skip
    return [
        text
        for name, value in given.items()
        if value is not None
        for text in (f"--{name.replace('_', '-')}", value)
    ]


def added(places: dict[str, Path | str], account: str = "A1", **changes: str | None) -> Any:
    return health_json("override", "add", account, *options(**changes), **places)


def test_a_written_override_stands_in_the_list(places: dict[str, Path | str]) -> None:
    document = added(places)
    override = document["override"]
    assert Path(document["file"]).is_file()
    assert document["score_then"] == pytest.approx(document["gated_score"] - 10)
    assert (override["starts_on"], override["status"]) == ("2025-12-31", "active")
    shown = health_json("override", "list", **places)["overrides"]
    assert [row["override_id"] for row in shown] == [override["override_id"]]
    assert shown[0]["account_name"] == "Amber Works"
    assert "ann@vendor.example" not in json.dumps(shown)


def test_a_dry_run_writes_nothing(places: dict[str, Path | str]) -> None:
    document = health_json("override", "add", "A1", *options(), "--dry-run", **places)
    assert document["file"] is None
    assert not list(Path(places["raw_dir"]).rglob("*.parquet"))
    assert health_json("override", "list", **places)["entry_count"] == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": "mood"}, "reason is none of the allowed ones: announced_change"),
        ({"amount": "25"}, "need a director: more than 20"),
        ({"until": "2026-04-01"}, "90 days at most"),
        ({"role": "guest"}, "may not write: csm"),
        ({"objective": "fame"}, "no such objective: advocacy"),
        ({"kind": "magic"}, "no such kind of override: delta, cap, floor, value"),
        ({"kind": "cap", "amount": "-1"}, "outside of what the kind allows: 0 to 100"),
        ({"kind": "floor", "amount": "100", "objective": "retention"}, "more than 20"),
        ({"amount": "5"}, "raises a score so near to a renewal: within 120 days"),
        ({"amount": "101"}, "--amount is 101"),
        ({"evidence": " "}, "--evidence is empty"),
        ({"until": "2025-12-31"}, "expires before it begins"),
    ],
)
def test_what_the_rules_refuse_is_refused_with_the_limit(
    places: dict[str, Path | str], changes: dict[str, str], message: str
) -> None:
    account = "A2" if changes.get("kind") == "floor" else "A1"
    result = health("override", "add", account, *options(**changes), **places)
    assert result.exit_code == 1, result.output
    assert message in result.stderr
    assert "What to do" in result.stderr
    assert not list(Path(places["raw_dir"]).rglob("*.parquet"))


def test_a_second_person_opens_the_way(places: dict[str, Path | str]) -> None:
    document = added(places, amount="5", approver="bob@vendor.example", approver_role="cs_lead")
    assert document["override"]["approver_role"] == "cs_lead"


def test_a_second_override_of_the_same_score_is_refused(places: dict[str, Path | str]) -> None:
    first = added(places)["override"]["override_id"]
    result = health("override", "add", "A1", *options(kind="cap", amount="30"), **places)
    assert result.exit_code == 1
    assert f"({first})" in result.stderr
    assert "Withdraw the earlier one first" in result.stderr
    added(places, objective="retention")


def test_a_withdrawn_override_makes_room(places: dict[str, Path | str]) -> None:
    first = added(places)["override"]["override_id"]
    arguments = ("override", "withdraw", first, "--author", "bob", "--role", "cs_lead")
    document = health_json(*arguments, **places)
    assert document["override"]["status"] == "withdrawn"
    assert health_json("override", "list", **places)["overrides"] == []
    everything = health_json("override", "list", "--all", **places)["overrides"]
    assert [row["status"] for row in everything] == ["withdrawn"]
    added(places, author="cy@vendor.example")
    again = health(*arguments, **places)
    assert again.exit_code == 1
    assert "was withdrawn on 2025-12-31" in again.stderr


def test_only_what_is_there_can_be_withdrawn(places: dict[str, Path | str]) -> None:
    added(places)
    unknown = health("override", "withdraw", "ovr_x", "--author", "b", "--role", "csm", **places)
    assert unknown.exit_code == 2
    assert "no override 'ovr_x'" in unknown.stderr
    guest = health("override", "withdraw", "ovr_x", "--author", "b", "--role", "guest", **places)
    assert guest.exit_code == 1


def test_what_is_missing_is_named_where_nobody_can_answer(places: dict[str, Path | str]) -> None:
    result = health("override", "add", "A1", *options(reason=None, until=None), **places)
    assert result.exit_code == 1
    assert "--reason, --until" in result.stderr


def test_it_asks_for_what_is_missing(
    places: dict[str, Path | str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def answer(text: str, **_: object) -> object:
        asked.append(text)
        return {"Reason": "known_risk", "Amount": -10.0}[text]

    monkeypatch.setattr(command, "_can_answer", lambda: True)
    monkeypatch.setattr("typer.prompt", answer)
    result = health("override", "add", "A1", *options(reason=None, amount=None), **places)
    assert result.exit_code == 0, result.output
    assert asked == ["Amount", "Reason"]


@pytest.mark.parametrize("account", ["nobody at all", "cedar"])
def test_an_account_must_be_one(places: dict[str, Path | str], account: str) -> None:
    assert health("override", "add", account, *options(), **places).exit_code == 2


def test_without_a_build_there_is_nothing_to_override(
    places: dict[str, Path | str], tmp_path: Path
) -> None:
    nowhere = {**places, "db": tmp_path / "none.duckdb"}
    assert health("override", "add", "A1", *options(), **nowhere).exit_code == 2
    assert health("override", "list", **nowhere).exit_code == 0


def test_a_date_is_a_date(places: dict[str, Path | str]) -> None:
    result = health("override", "add", "A1", *options(until="soon"), **places)
    assert result.exit_code == 2
    assert "--until must be a date" in result.stderr


def test_the_text_fits_and_names_what_never_acts(places: dict[str, Path | str]) -> None:
    old = dt.datetime(2025, 12, 20, 12)
    write_ledger(
        Path(places["raw_dir"]),
        [
            entry(1, created_at=old),
            entry(2, created_at=old + dt.timedelta(days=1)),
            entry(3, created_at=old, account_id="nobody", reason_code="mood"),
        ],
    )
    text = health("override", "list", **places).output
    assert widest(text) <= MAX_WIDTH
    assert "ovr_2  An earlier override of this score holds in the same days (ovr_1)" in text
    assert "ovr_3  There is no such account" in text
    written = health("override", "add", "A2", *options(), **places).output
    assert widest(written) <= MAX_WIDTH
    assert "until the day before 2026-02-28" in written


def test_explain_shows_the_override(tiny_warehouse: Path) -> None:
    document = health_json("explain", "A5", db=tiny_warehouse)
    assert document["override"]["reason_name"] == "Known risk"
    assert document["sum"]["override"] == -5
    assert document["sum"]["adds_up"]
    text = health("explain", "A5", db=tiny_warehouse).output
    assert "- 5.0 override" in text
    assert "by the model" in text and "Known risk; csm; https://notes.example/1" in text
    assert widest(text) <= MAX_WIDTH
    assert health_json("explain", "A1", db=tiny_warehouse)["override"] is None


def test_the_portfolio_counts_overrides_of_the_scored_book(tiny_warehouse: Path) -> None:
    found = health_json("portfolio", db=tiny_warehouse)["overrides"]
    assert (found["accounts"], found["arr_share"], found["is_alert"]) == (0, 0.0, False)
