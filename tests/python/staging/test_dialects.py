"""The same Salesforce records in the spellings of four loaders, and as CSV, stage alike."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from support.staged import PROJECT, Row, Staged

from scripts.lib.privacy.key import keyed_hash, read_key

LOADED = datetime(2024, 3, 1, 6, 30)
MADE = datetime(2023, 5, 4, 10, 15, 30)

# By Fivetran's names, without the loader's own columns.
RECORDS: dict[str, list[Row]] = {
    "account": [
        {
            "id": "001A",
            "name": " Acme ",
            "owner_id": "005U",
            "type": "Customer",
            "industry": "Financial Services",
            "annual_revenue": 1250000.5,
            "number_of_employees": 250,
            "billing_country": "DE",
            "website": "https://www.acme.example:443/about",
            "created_date": MADE,
            "last_modified_date": MADE,
            "is_deleted": False,
            "segment_c": "Mid-Market",
            "touch_model_c": "High Touch",
            "support_entitlement_c": True,
        },
        {"id": "001B", "name": "Binary", "type": " trial ", "created_date": MADE},
    ],
    "contact": [
        {
            "id": "003A",
            "account_id": "001A",
            "owner_id": "005U",
            "email": "Ada@Acme.Example ",
            "title": "CTO",
            "created_date": MADE,
            "last_activity_date": date(2024, 2, 1),
            "is_deleted": False,
        }
    ],
    "opportunity": [
        {
            "id": "006A",
            "account_id": "001A",
            "type": "New Business",
            "stage_name": "Proposal",
            "amount": 1000.25,
            "currency_iso_code": "EUR",
            "probability": 40.0,
            "close_date": date(2024, 6, 30),
            "created_date": MADE,
            "is_closed": False,
            "is_won": False,
            "forecast_category": "Best Case",
        }
    ],
    "task": [
        {
            "id": "00TA",
            "account_id": "001A",
            "who_id": "003A",
            "task_subtype": "Call",
            "status": "Completed",
            "direction_c": "Two Way",
            "activity_date": date(2023, 5, 5),
            "completed_date_time": MADE,
            "created_date": MADE,
            "call_duration_in_seconds": 312,
        }
    ],
    "event": [
        {
            "id": "00UA",
            "account_id": "001A",
            "who_id": "003A",
            "type": "QBR",
            "start_date_time": MADE,
            "end_date_time": MADE,
            "created_date": MADE,
            "outcome_c": "No Show",
            "is_child": False,
        }
    ],
    "user": [
        {
            "id": "005U",
            "name": "Uma",
            "email": "uma@us.example",
            "is_active": True,
            "activity_sync_enabled_c": True,
        }
    ],
}


def _frame(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, infer_schema_length=None)


def _camel(name: str) -> str:
    custom = name.endswith("_c")
    words = name.removesuffix("_c").split("_")
    camel = "_".join(words).title() if custom else "".join(word.title() for word in words)
    return camel + ("__c" if custom else "")


def write_fivetran(raw: Path) -> None:
    for table, rows in RECORDS.items():
        frame = _frame(rows).with_columns(
            _fivetran_synced=pl.lit(LOADED).dt.replace_time_zone("UTC")
        )
        frame.write_parquet(raw / f"{table}.parquet")


def write_airbyte(raw: Path) -> None:
    for table, rows in RECORDS.items():
        frame = _frame(rows)
        # Airbyte hands moments through as the interface writes them: ISO text with an offset.
        frame = frame.with_columns(
            pl.col(pl.Datetime).dt.strftime("%Y-%m-%dT%H:%M:%S.000+00:00")
        ).rename(_camel)
        frame = frame.with_columns(
            _airbyte_raw_id=pl.lit("raw"),
            _airbyte_extracted_at=pl.lit(LOADED).dt.replace_time_zone("UTC"),
        )
        frame.write_parquet(raw / f"{table.title()}.parquet")


def write_dlt(raw: Path) -> None:
    for table, rows in RECORDS.items():
        frame = _frame(rows).with_columns(pl.col(pl.Datetime).dt.replace_time_zone("UTC"))
        load_id = f"{LOADED.replace(tzinfo=UTC).timestamp():.1f}"
        frame = frame.with_columns(_dlt_load_id=pl.lit(load_id), _dlt_id=pl.lit("x"))
        frame.write_parquet(raw / f"{'sf_user' if table == 'user' else table}.parquet")


def write_stitch(raw: Path) -> None:
    for table, rows in RECORDS.items():
        frame = _frame(rows).rename(
            lambda name: (
                name.removesuffix("_c").replace("_", "") + ("__c" if name.endswith("_c") else "")
            )
        )
        frame = frame.with_columns(_sdc_received_at=pl.lit(LOADED), _sdc_sequence=pl.lit(1))
        folder = raw / table
        folder.mkdir()
        frame[:1].write_parquet(folder / "part-0.parquet")
        frame[1:].write_parquet(folder / "part-1.parquet")


def write_csv(raw: Path) -> None:
    for table, rows in RECORDS.items():
        frame = _frame(rows).with_columns(_fivetran_synced=pl.lit(LOADED))
        frame.write_csv(raw / f"{table}.csv", datetime_format="%Y-%m-%d %H:%M:%S")


WRITERS = {
    "fivetran": write_fivetran,
    "airbyte": write_airbyte,
    "dlt": write_dlt,
    "stitch": write_stitch,
    "csv": write_csv,
}


@pytest.fixture(scope="module")
def staged(
    stage: Callable[..., Staged], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Staged]:
    """The staged Salesforce tables by dialect."""
    results = {}
    for dialect, write in WRITERS.items():
        raw = tmp_path_factory.mktemp(dialect)
        (raw / "salesforce").mkdir()
        write(raw / "salesforce")
        results[dialect] = stage(raw, "staging.salesforce", "quarantine_salesforce")
        assert results[dialect].exit_code == 0, results[dialect].output
    return results


@pytest.mark.parametrize("table", RECORDS)
@pytest.mark.parametrize("dialect", [dialect for dialect in WRITERS if dialect != "fivetran"])
def test_dialect_stages_like_fivetran(staged: dict[str, Staged], dialect: str, table: str) -> None:
    query = f"select * from staging.stg_salesforce__{table} order by all"
    expected = staged["fivetran"].rows(query)
    assert len(expected) == len(RECORDS[table])
    assert staged[dialect].rows(query) == expected


def test_values_are_cleaned(staged: dict[str, Staged]) -> None:
    account = staged["fivetran"].row(
        "select * from staging.stg_salesforce__account where account_id = '001A'"
    )
    assert account["account_name"] == "Acme"
    assert account["account_type"] == "customer"
    assert account["industry"] == "financial_services"
    assert account["segment"] == "mid_market"
    assert account["touch_model"] == "high_touch"
    assert account["website_domain"] == "acme.example"
    assert account["created_at"] == MADE
    assert account["recorded_at"] == account["last_recorded_at"] == LOADED
    contact = staged["fivetran"].row("select * from staging.stg_salesforce__contact")
    assert contact["email_hash"] == keyed_hash(read_key(PROJECT), "ada@acme.example")
    assert contact["email_domain"] == "acme.example"


def test_missing_optional_columns_are_typed_nulls(staged: dict[str, Staged]) -> None:
    types = staged["fivetran"].rows(
        "select column_name, data_type from information_schema.columns"
        " where table_name = 'stg_salesforce__account'"
        " and column_name in ('parent_account_id', 'last_activity_on')"
        " order by column_name"
    )
    assert [row["data_type"] for row in types] == ["DATE", "VARCHAR"]


def test_absent_tables_are_empty(staged: dict[str, Staged]) -> None:
    query = "select count(*) as row_count from staging.stg_salesforce__opportunity_history"
    assert staged["fivetran"].row(query) == {"row_count": 0}


def test_nothing_is_rejected(staged: dict[str, Staged]) -> None:
    for dialect, result in staged.items():
        assert result.rows("select * from staging.quarantine_salesforce") == [], dialect


def test_names_differ_between_dialects() -> None:
    assert _camel("account_id") == "AccountId"
    assert re.fullmatch(r"Touch_Model__c", _camel("touch_model_c"))
