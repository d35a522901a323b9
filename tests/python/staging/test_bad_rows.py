"""Bad rows are set aside with the reason and their content; good rows are not touched."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from support.staged import Staged

LOADED = datetime(2024, 3, 1, tzinfo=UTC)
LATER = datetime(2024, 3, 9, tzinfo=UTC)
EARLIER = datetime(2023, 6, 1, tzinfo=UTC)
MADE = datetime(2023, 5, 4, 10, 15, tzinfo=UTC)
EPOCH = int(MADE.timestamp())
FAR = datetime(2099, 1, 1, tzinfo=UTC)


def _write(path: Path, columns: list[str], rows: list[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    frame = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None, strict=False)
    frame.write_parquet(path)


def write_raw(raw: Path) -> None:
    """A raw folder with one fault of each kind, and with most tables absent."""
    _write(
        raw / "salesforce" / "account.parquet",
        ["id", "name", "type", "annual_revenue", "created_date", "last_modified_date",
         "is_deleted", "master_record_id", "_fivetran_synced"],
        [
            ("A1", "Good", "Customer", float("nan"), MADE, MADE, False, None, LOADED),
            ("A2", "Old name", "Trial", 1.0, MADE, MADE, False, None, LOADED),
            ("A2", "New name", "Customer", 2.0, MADE, LATER, False, None, LATER),
            ("A3", "Twice", "Customer", 1.0, MADE, MADE, False, None, LOADED),
            ("A3", "Twice", "Customer", 1.0, MADE, MADE, False, None, LOADED),
            ("A4", "Gone", "Customer", 1.0, MADE, MADE, True, None, LOADED),
            ("A5", "Merged", "Customer", 1.0, MADE, MADE, True, "A1", LOADED),
            ("A6", "Odd", "Spaceship", 1.0, MADE, MADE, False, None, LOADED),
            ("A6b", "Other script", "客户", 1.0, MADE, MADE, False, None, LOADED),
            (None, "Nameless", "Customer", 1.0, MADE, MADE, False, None, LOADED),
            ("A7", None, "Customer", 1.0, MADE, MADE, False, None, LOADED),
            ("A8", "Future", "Customer", 1.0, FAR, MADE, False, None, LOADED),
            ("A9", "Dawn", "Customer", 1.0, datetime(1970, 1, 1, tzinfo=UTC), MADE, False, None,
             LOADED),
        ],
    )  # fmt: skip
    _write(
        raw / "stripe" / "charges.parquet",
        ["id", "customer", "invoice", "amount", "currency", "status", "created",
         "_airbyte_extracted_at"],
        [
            ("ch_usd", "c1", "i1", 1999, "USD", "succeeded", EPOCH, LOADED),
            ("ch_jpy", "c1", "i2", 1999, "jpy", "failed", EPOCH, LOADED),
            ("ch_kwd", "c1", "i3", 1999, "kwd", "succeeded", EPOCH, LOADED),
            ("ch_negative", "c1", "i4", -5, "usd", "succeeded", EPOCH, LOADED),
            ("ch_huge", "c1", "i4", 9 * 10**18, "usd", "succeeded", EPOCH, LOADED),
            ("ch_odd_money", "c1", "i5", 10, "zzz", "succeeded", EPOCH, LOADED),
        ],
    )  # fmt: skip
    _write(
        raw / "stripe" / "subscription_history.parquet",
        ["id", "customer_id", "status", "metadata", "_fivetran_start", "_fivetran_synced"],
        [
            ("s1", "c1", "active", '{"term_months": "12", "auto_renew": "true"}', MADE, LOADED),
            ("s1", "c1", "canceled", "not json", LOADED, LOADED),
            ("s2", "c1", "active", '{"term_months": 1e30}', MADE, LOADED),
        ],
    )
    _write(
        raw / "surveys" / "survey_responses.parquet",
        ["id", "person", "survey_type", "score", "comment", "created_at", "_sdc_received_at"],
        [
            ("r1", "p1", "NPS", "9", " fine ", "2024-02-01T08:00:00+02:00", LOADED),
            ("r2", "p1", "nps", "NaN", None, str(EPOCH), LOADED),
            ("r3", "p1", "nps", "eleven", None, str(EPOCH * 1000), LOADED),
            ("r4", "p1", "nps", "11", None, str(EPOCH), LOADED),
            ("r6", "p1", "nps", "10.4", None, str(EPOCH), LOADED),
            ("r5", "p1", "nps", "3.0", "", str(EPOCH * 1000), LOADED),
        ],
    )
    _write(
        raw / "zendesk" / "ticket.parquet",
        ["id", "organization_id", "status", "priority", "created_at", "_fivetran_synced"],
        [
            (101, 7.0, "Open", "urgent", MADE, LOADED),
            (102, float("nan"), "melted", "high", MADE, LOADED),
            (103, None, "pending", "whatever", MADE, LOADED),
            (104, float("nan"), "open", None, MADE, LOADED),
        ],
    )
    columns = ["id", "event", "user_id", "context_group_id", "context_user_type", "timestamp",
               "received_at"]  # fmt: skip
    _write(
        raw / "product_events" / "tracks" / "2023.parquet",
        columns,
        [
            ("t1", "opened", "u1", "g1", "human", MADE, MADE),
            ("t2", "opened", "u1", "g1", "human", MADE, MADE),
            ("t3", "opened", "u1", "g1", "human", FAR, MADE),
        ],
    )
    _write(
        raw / "product_events" / "tracks" / "2024.parquet",
        columns,
        [
            ("t2", "opened", "u1", "g1", "human", MADE, LOADED),
            ("t4", "opened", "u1", "g1", "human", LOADED, LOADED),
            ("t5", None, "u1", "g1", "human", LOADED, LOADED),
        ],
    )
    _write(
        raw / "derived" / "first_loads" / "stripe.parquet",
        ["source_system", "source_table", "row_key", "first_loaded_at"],
        [
            ("stripe", "subscription_history", _row_key("s1", MADE), EARLIER),
            ("stripe", "subscription_history", _row_key("s1", LOADED), LATER),
            ("stripe", "subscription_item", _row_key("s1", MADE), MADE),
        ],
    )


def _row_key(identifier: str, start: datetime) -> str:
    return hashlib.md5(f"{identifier}|{start:%Y-%m-%d %H:%M:%S}".encode()).hexdigest()


@pytest.fixture(scope="module")
def staged(stage: Callable[..., Staged], tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """The whole staging layer, with its reconciliation tests, over the faulty folder."""
    raw = tmp_path_factory.mktemp("faulty")
    write_raw(raw)
    result = stage(raw, "staging")
    assert result.exit_code == 0, result.output
    return result


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (
            "salesforce",
            {
                ("account", "A2", "duplicate_or_superseded"),
                ("account", "A3", "duplicate_or_superseded"),
                ("account", "A4", "deleted_in_source"),
                ("account", "A6", "unknown_account_type"),
                ("account", "A6b", "unknown_account_type"),
                ("account", "", "missing_key"),
                ("account", "A7", "missing_name"),
                ("account", "A8", "in_future"),
                ("account", "A9", "before_epoch_floor"),
            },
        ),
        (
            "stripe",
            {
                ("charge", "ch_negative", "negative_amount"),
                ("charge", "ch_huge", "out_of_range_amount"),
                ("charge", "ch_odd_money", "unknown_currency"),
            },
        ),
        (
            "surveys",
            {
                ("survey_responses", "r2", "missing_score"),
                ("survey_responses", "r3", "unparsable_score"),
                ("survey_responses", "r4", "out_of_range_score"),
                ("survey_responses", "r6", "unparsable_score"),
            },
        ),
        ("zendesk", {("ticket", "102", "unknown_ticket_status")}),
        (
            "product_events",
            {
                ("tracks", "t2", "duplicate_or_superseded"),
                ("tracks", "t3", "in_future"),
                ("tracks", "t5", "missing_event"),
            },
        ),
        ("marketing", set()),
        ("derived", set()),
    ],
)
def test_rejected_rows_carry_their_reason(
    staged: Staged, system: str, expected: set[tuple[str, str, str]]
) -> None:
    rows = staged.rows(f"select * from staging.quarantine_{system}")
    found = [(row["source_table"], row["row_key"], row["rejection_reason"]) for row in rows]
    assert len(found) == len(expected)
    assert set(found) == expected


def test_rejected_rows_keep_their_content(staged: Staged) -> None:
    row = staged.row("select row_content from staging.quarantine_surveys where row_key = 'r3'")
    content = json.loads(str(row["row_content"]))
    assert content["score"] == "eleven"
    assert content["created_at"] == str(EPOCH * 1000)
    row = staged.row(
        "select row_content from staging.quarantine_product_events where row_key = 't3'"
    )
    assert json.loads(str(row["row_content"]))["timestamp"].startswith("2099-01-01")


def test_latest_version_wins_and_first_load_is_kept(staged: Staged) -> None:
    account = staged.row("select * from staging.stg_salesforce__account where account_id = 'A2'")
    assert account["account_name"] == "New name"
    assert account["recorded_at"] == LOADED.replace(tzinfo=None)
    assert account["last_recorded_at"] == LATER.replace(tzinfo=None)


def test_good_rows_stand(staged: Staged) -> None:
    rows = staged.rows(
        "select account_id, annual_revenue, is_deleted from staging.stg_salesforce__account"
        " order by account_id"
    )
    assert [row["account_id"] for row in rows] == ["A1", "A2", "A3", "A5"]
    assert rows[0]["annual_revenue"] is None
    assert [row["is_deleted"] for row in rows] == [False, False, False, True]


def test_events_are_kept_once_across_files(staged: Staged) -> None:
    rows = staged.rows(
        "select event_id, recorded_at, last_recorded_at from staging.stg_product_events__tracks"
        " order by event_id"
    )
    assert [row["event_id"] for row in rows] == ["t1", "t2", "t4"]
    assert rows[1]["recorded_at"] == MADE.replace(tzinfo=None)
    assert rows[1]["last_recorded_at"] == LOADED.replace(tzinfo=None)


def test_minor_units_follow_the_currency(staged: Staged) -> None:
    rows = staged.rows(
        "select charge_id, amount, customer_id, created_at from staging.stg_stripe__charge"
    )
    amounts = {row["charge_id"]: float(str(row["amount"])) for row in rows}
    assert amounts == {"ch_usd": 19.99, "ch_jpy": 1999.0, "ch_kwd": 1.999}
    assert {row["created_at"] for row in rows} == {MADE.replace(tzinfo=None)}


def test_moments_of_any_spelling_are_utc(staged: Staged) -> None:
    rows = staged.rows(
        "select response_id, score, answered_at, text_length"
        " from staging.stg_surveys__survey_responses order by response_id"
    )
    assert [row["answered_at"] for row in rows] == [
        datetime(2024, 2, 1, 6, 0),
        MADE.replace(tzinfo=None),
    ]
    assert [row["score"] for row in rows] == [9, 3]
    assert [row["text_length"] for row in rows] == [6, None]


def test_metadata_is_read_and_broken_json_is_null(staged: Staged) -> None:
    rows = staged.rows(
        "select term_months, is_auto_renew from staging.stg_stripe__subscription_history"
        " order by subscription_id, version_start_at"
    )
    assert rows == [
        {"term_months": 12, "is_auto_renew": True},
        {"term_months": None, "is_auto_renew": None},
        {"term_months": None, "is_auto_renew": None},
    ]


def test_a_row_that_was_overwritten_is_known_since_its_first_load(staged: Staged) -> None:
    rows = staged.rows(
        "select recorded_at, last_recorded_at from staging.stg_stripe__subscription_history"
        " where subscription_id = 's1' order by version_start_at"
    )
    first, again = (moment.replace(tzinfo=None) for moment in (EARLIER, LOADED))
    assert rows == [
        {"recorded_at": first, "last_recorded_at": again},
        {"recorded_at": again, "last_recorded_at": again},
    ]


def test_number_ids_are_texts(staged: Staged) -> None:
    rows = staged.rows(
        "select ticket_id, organization_id, severity from staging.stg_zendesk__ticket"
        " order by ticket_id"
    )
    assert rows == [
        {"ticket_id": "101", "organization_id": "7", "severity": 1},
        {"ticket_id": "103", "organization_id": None, "severity": None},
        {"ticket_id": "104", "organization_id": None, "severity": None},
    ]
