"""`health actions` on a hand-made build, and the money in `portfolio` and `explain`."""

from pathlib import Path

import pytest
from support.running import MAX_WIDTH, health, health_json, widest


def test_the_most_urgent_class_comes_first_and_then_the_hour(tiny_warehouse: Path) -> None:
    document = health_json("actions", db=tiny_warehouse)
    found = [(row["account_id"], row["play_id"]) for row in document["actions"]]
    assert found == [
        ("A3", "dunning"), ("A3", "adoption"), ("A2", "adoption"), ("A1", "offer"),
    ]  # fmt: skip
    assert document["action_count"] == 4 and document["overdue_count"] == 1
    first = document["actions"][0]
    assert (first["is_overdue"], first["days_left"], first["driver"]) == (True, -3, "Open backlog")
    at_work = document["actions"][2]
    assert document["under_way_count"] == 1
    assert (at_work["is_overdue"], at_work["days_left"]) == (False, -5)
    assert at_work["under_way_since"] == "2025-12-22"


def test_the_loss_of_an_account_counts_once(tiny_warehouse: Path) -> None:
    document = health_json("actions", db=tiny_warehouse)
    assert document["expected_loss"] == 30_000 + 27_000 + 2_400
    offer = document["actions"][-1]
    assert offer["expected_loss"] == 2_400, "an offer works on the ARR, and loses the risk alone"


@pytest.mark.parametrize(
    ("options", "accounts"),
    [
        (("--owner", "owner"), ["A3", "A2"]),
        (("--owner", "finance"), ["A3"]),
        (("--owner", "support"), []),
        (("--class", "expand"), ["A1"]),
        (("--class", "nurture"), []),
        (("--owner", "success", "--class", "expand"), []),
        (("--limit", "1"), ["A3"]),
        (("--limit", "0"), ["A3", "A3", "A2", "A1"]),
        (("birch",), ["A2"]),
        (("A5",), []),
    ],
)
def test_filters(tiny_warehouse: Path, options: tuple[str, ...], accounts: list[str]) -> None:
    document = health_json("actions", *options, db=tiny_warehouse)
    assert [row["account_id"] for row in document["actions"]] == accounts
    result = health("actions", *options, db=tiny_warehouse)
    assert result.exit_code == 0 and widest(result.stdout) <= MAX_WIDTH
    assert accounts or "Nothing is to be done" in result.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--owner", "nobody"), "Use one of: finance, sales, success, support, owner"),
        (("--class", "panic"), "Use one of: act_now, nurture, expand, maintain"),
        (("Cedar",), "Cedar Labs (A3); Cedar Systems (A4)"),
    ],
)
def test_an_unknown_filter_names_the_known_ones(
    tiny_warehouse: Path, options: tuple[str, ...], message: str
) -> None:
    result = health("actions", *options, db=tiny_warehouse)
    assert result.exit_code == 2
    assert message in result.stderr.replace("\n", " ")


def test_text_shows_deadline_workload_and_what_is_left_out(tiny_warehouse: Path) -> None:
    text = health("actions", "--limit", "2", db=tiny_warehouse).stdout
    for part in ("1 overdue, 1 under way", "expected loss of their accounts 59.4k", "Act now",
                 "2025-12-28", "2 more; --limit 0 shows all", "Workload", "120%", "queue",
                 "and 1 with less to do"):  # fmt: skip
        assert part in text
    assert "Offer of [expansion]" in health("actions", db=tiny_warehouse).stdout


def test_one_account_says_why_until_when_and_what_it_brings(tiny_warehouse: Path) -> None:
    text = health("actions", "A3", db=tiny_warehouse).stdout
    for part in ("Cedar Labs", "Next action", "Dunning by queue of finance", "3 days late", "Also",
                 "Because of top dimension usage; most points are lost by Open backlog",
                 "Over when: It is over", "expected loss 30.0k", "50% to save",
                 "place 1, within the week"):  # fmt: skip
        assert part in text, part
    assert "Workload" not in text
    at_work = health("actions", "A2", db=tiny_warehouse).stdout
    assert "until 2025-12-26 (under way since 2025-12-22)" in at_work.replace("\n", " ")
    assert "late" not in at_work


def test_the_portfolio_shows_classes_and_the_arr_at_risk(tiny_warehouse: Path) -> None:
    stakes = health_json("portfolio", db=tiny_warehouse)["stakes"]
    assert {row["attention_class"]: row["accounts"] for row in stakes["classes"]} == {
        "act_now": 2, "nurture": 0, "expand": 1, "maintain": 1,
    }  # fmt: skip
    assert sum(row["expected_loss"] for row in stakes["classes"]) == stakes["arr_at_risk"] == 59_400
    assert sum(row["arr"] for row in stakes["classes"]) == stakes["arr"] == 570_000
    text = health("portfolio", db=tiny_warehouse).stdout
    for part in ("Attention", "ARR at risk 59.4k (10.4%)", "60.0k without an estimate"):
        assert part in text.replace("\n", " ")
    assert widest(text) <= MAX_WIDTH


def test_explain_shows_money_the_group_and_the_next_action(tiny_warehouse: Path) -> None:
    text = health("explain", "A2", db=tiny_warehouse).stdout
    for part in ("probability of 30.0%", "expected loss 27.0k of the 90.0k",
                 "Lifetime value 150.0k", "save: A person takes it on [now]", "Next action",
                 "Adoption plan"):  # fmt: skip
        assert part in text, part
    assert widest(text) <= MAX_WIDTH
    unknown = health("explain", "A4", db=tiny_warehouse).stdout
    assert "No estimate of a loss: insufficient data" in unknown
    assert "Cedar Labs" in unknown and "83%" in unknown
    document = health_json("explain", "A3", db=tiny_warehouse)
    assert [row["distance"] for row in document["parents"]] == [0]
    assert document["parents"][0]["worst_account_name"] == "Cedar Systems"


def test_an_earlier_score_has_its_own_money_and_no_action(tiny_warehouse: Path) -> None:
    document = health_json("explain", "A2", "--as-of", "2025-12-20", db=tiny_warehouse)
    assert document["as_of_date"] == "2025-12-17"
    assert document["money"]["expected_loss"] == 27_000
    assert "lifetime_value" not in document["money"]
    assert document["actions"] == [] and document["parents"] == []
