"""dbt's JSON log and results as the progress bar and the messages read them."""

import json
from pathlib import Path

import pytest

from scripts.lib.dbt_runner import parse_event, parse_told, read_failures, short_name, tidy


def line(name: str, **data: object) -> str:
    return json.dumps({"info": {"name": name, "level": "info", "msg": "said"}, "data": data})


NODE = {"unique_id": "model.account_health.dim_accounts", "resource_type": "model"}


@pytest.mark.parametrize(
    ("text", "kind", "resource"),
    [
        (line("ConcurrencyLine", node_count=7), "total", ""),
        (line("LogStartLine", node_info=NODE), "start", "model"),
        (line("LogModelResult", node_info=NODE, status="OK"), "end", "model"),
        (line("LogTestResult", node_info={**NODE, "resource_type": "unit_test"}), "end", "test"),
        (line("SkippingDetails", node_info=NODE), "skip", "model"),
    ],
)
def test_events(text: str, kind: str, resource: str) -> None:
    event, error = parse_event(text)
    assert event is not None and error is None
    assert (event.kind, event.resource) == (kind, resource)


def test_an_error_that_ends_the_run() -> None:
    event, error = parse_event(
        line("MainEncounteredError", exc="Compilation Error\n  no such file")
    )
    assert event is None
    assert error is not None and "no such file" in error


@pytest.mark.parametrize("text", ["", "not json", "[]", "{}", line("Formatting", msg="")])
def test_other_lines_are_nothing(text: str) -> None:
    assert parse_event(text) == (None, None)


def test_what_a_test_told_of_its_rows() -> None:
    told = line("JinjaLogInfo", msg="no_nulls_plays_play_name: play_name has no value: 1")
    assert parse_told(told) == ("no_nulls_plays_play_name", "play_name has no value: 1")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "JinjaLogInfo",
        line("JinjaLogInfo", msg="without a test"),
        line("JinjaLogInfo"),
        line("Note", msg="JinjaLogInfo: fault"),
    ],
)
def test_other_lines_tell_nothing(text: str) -> None:
    assert parse_told(text) is None


def test_failures_come_from_the_results(tmp_path: Path) -> None:
    results = [
        {"unique_id": "model.p.a", "status": "error", "message": "Runtime Error\n\n  broken"},
        {"unique_id": "test.p.unique_a_id.1234", "status": "fail", "message": "Got 3 results"},
        {"unique_id": "model.p.b", "status": "skipped", "message": None},
        {"unique_id": "model.p.c", "status": "success", "message": "OK"},
    ]
    path = tmp_path / "run_results.json"
    path.write_text(json.dumps({"results": results}), encoding="utf-8")
    failures, skipped = read_failures(path)
    assert [(failure.node, failure.resource) for failure in failures] == [
        ("a", "model"),
        ("unique_a_id", "test"),
    ]
    assert failures[0].message == "Runtime Error\nbroken"
    assert skipped == 1


def test_without_results_there_are_no_failures(tmp_path: Path) -> None:
    assert read_failures(tmp_path / "nothing.json") == ([], 0)


def test_messages_lose_the_frame() -> None:
    message = "Traceback (most recent call last):\n\n  what is wrong\n  > in macro x (y)\n"
    assert tidy(message) == "what is wrong"
    assert short_name("model.account_health.dim_accounts") == "dim_accounts"
