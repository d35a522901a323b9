"""Bad raw files: each fault names system, table, column, path and what to do."""

import datetime as dt
import json
from pathlib import Path

import polars as pl
import pytest
from support.running import health

LOADED = dt.datetime(2025, 1, 2)
ACCOUNTS = pl.DataFrame(
    {
        "id": ["A1", "A2"],
        "name": ["Amber", "Birch"],
        "created_date": [LOADED, LOADED],
        "number_of_employees": [10, 20],
        "_fivetran_synced": [LOADED, LOADED],
    }
)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Raw data with accounts alone: enough to begin."""
    (tmp_path / "salesforce").mkdir()
    ACCOUNTS.write_parquet(tmp_path / "salesforce" / "account.parquet")
    return tmp_path


def findings(raw: Path) -> tuple[int, list[dict[str, object]]]:
    """The exit code and the findings about raw files."""
    result = health("doctor", "--json", raw_dir=raw, derived_dir=raw / "derived")
    document = json.loads(result.stdout)
    found = [row for row in document["findings"] if str(raw) in str(row["file"])]
    return result.exit_code, found


def write(raw: Path, system: str, table: str, frame: pl.DataFrame) -> Path:
    (raw / system).mkdir(exist_ok=True)
    path = raw / system / f"{table}.parquet"
    frame.write_parquet(path)
    return path


def test_accounts_alone_are_enough(raw: Path) -> None:
    assert findings(raw)[1] == []


def test_without_a_folder_it_names_the_sample_command(tmp_path: Path) -> None:
    code, found = findings(tmp_path / "nowhere")
    assert code == 2
    assert "health sample" in str(found[0]["advice"])


def test_a_missing_required_table(raw: Path) -> None:
    (raw / "salesforce" / "account.parquet").unlink()
    code, found = findings(raw)
    assert code == 2
    assert "salesforce.account is missing" in str(found[0]["message"])


def test_an_empty_file(raw: Path) -> None:
    path = raw / "salesforce" / "account.parquet"
    path.write_bytes(b"")
    code, found = findings(raw)
    assert (code, found[0]["file"]) == (2, str(path))
    assert "salesforce.account is an empty file" in str(found[0]["message"])


def test_a_damaged_file(raw: Path) -> None:
    path = raw / "salesforce" / "account.parquet"
    path.write_bytes(path.read_bytes()[:-20])
    code, found = findings(raw)
    assert code == 2
    assert "salesforce.account cannot be read" in str(found[0]["message"])


def test_a_table_without_rows(raw: Path) -> None:
    write(raw, "salesforce", "account", ACCOUNTS.clear())
    code, found = findings(raw)
    assert code == 2
    assert "salesforce.account has no rows" in str(found[0]["message"])


def test_a_required_column_that_is_gone(raw: Path) -> None:
    path = write(raw, "salesforce", "account", ACCOUNTS.drop("name"))
    code, found = findings(raw)
    assert (code, found[0]["file"]) == (2, str(path))
    assert "required column name of salesforce.account is missing" in str(found[0]["message"])
    assert "_salesforce__sources.yml" in str(found[0]["advice"])


def test_an_optional_column_that_is_gone_is_fine(raw: Path) -> None:
    write(raw, "salesforce", "account", ACCOUNTS.drop("number_of_employees"))
    assert findings(raw)[1] == []


@pytest.mark.parametrize("spelling", ["CreatedDate", "created_date", "CREATEDDATE"])
def test_spellings_of_a_column(raw: Path, spelling: str) -> None:
    write(raw, "salesforce", "account", ACCOUNTS.rename({"created_date": spelling}))
    assert findings(raw)[1] == []


def test_a_type_that_cannot_be_cast(raw: Path) -> None:
    write(
        raw,
        "salesforce",
        "account",
        ACCOUNTS.with_columns(number_of_employees=pl.lit(dt.date(2025, 1, 1))),
    )
    code, found = findings(raw)
    assert code == 2
    message = str(found[0]["message"])
    assert "number_of_employees of salesforce.account is DATE" in message
    assert "cannot become integer" in message


def test_text_where_a_time_belongs(raw: Path) -> None:
    frame = ACCOUNTS.with_columns(_fivetran_synced=pl.lit("yesterday"))
    write(raw, "salesforce", "account", frame)
    code, found = findings(raw)
    assert code == 2
    message = str(found[0]["message"])
    assert "_fivetran_synced of salesforce.account is text" in message
    assert "2 of the first 2 values" in message


def test_text_that_is_a_time_is_fine(raw: Path) -> None:
    frame = ACCOUNTS.with_columns(_fivetran_synced=pl.lit("2025-01-02T00:00:00"))
    write(raw, "salesforce", "account", frame)
    assert findings(raw)[1] == []


def test_an_optional_table_with_a_fault_says_how_to_build_without_it(raw: Path) -> None:
    (raw / "zendesk").mkdir()
    (raw / "zendesk" / "ticket.parquet").write_bytes(b"")
    code, found = findings(raw)
    assert code == 2
    assert "zendesk.ticket" in str(found[0]["message"])
    assert "build without it" in str(found[0]["advice"])


def test_a_csv_file_stands_in_for_parquet(raw: Path) -> None:
    (raw / "salesforce" / "account.parquet").unlink()
    ACCOUNTS.write_csv(raw / "salesforce" / "account.csv")
    assert findings(raw)[1] == []


def test_a_folder_of_files_is_a_table(raw: Path) -> None:
    (raw / "salesforce" / "account.parquet").unlink()
    (raw / "salesforce" / "account").mkdir()
    ACCOUNTS.write_parquet(raw / "salesforce" / "account" / "part-1.parquet")
    assert findings(raw)[1] == []
