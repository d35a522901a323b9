"""A canary in every column that may hold personal data is found nowhere but in the raw files."""

from __future__ import annotations

import os
import re
from collections import Counter

import duckdb
import pytest
from support.batteries import count
from support.persons import CANARY, PER_SYSTEM, PersonWorld, marked_columns, traces

from scripts.lib.privacy.key import keyed_hash

pytestmark = pytest.mark.battery

# Raw files are what loaders bring; `accepted` holds byte copies of them.
RAW = {"raw", "accepted"}


def test_every_source_has_canaries(persons: PersonWorld) -> None:
    systems = Counter(place.split(".")[0] for place in persons.planted.values())
    assert set(systems) == set(marked_columns())
    assert min(systems.values()) >= PER_SYSTEM
    raw = set(traces(persons.folder, CANARY, {"state"}))
    assert len(raw) >= len({place.rsplit(".", 1)[0] for place in persons.planted.values()})


def test_no_canary_leaves_the_raw_files(persons: PersonWorld) -> None:
    assert not list(traces(persons.folder, CANARY, RAW))
    planted = len(persons.planted)
    count("canaries in columns with personal data", planted, 20, "none outside of the raw files")


def test_the_key_stands_nowhere(persons: PersonWorld) -> None:
    key = re.compile(re.escape(os.environ["HEALTH_PII_KEY"]).encode())
    assert not list(traces(persons.folder, key, set()))


def test_the_canaries_were_read(persons: PersonWorld) -> None:
    """What is not found was there: addresses arrive as hashes, rejected rows with their content."""
    with duckdb.connect(str(persons.state_dir / "health.duckdb"), read_only=True) as connection:
        hashes = {
            row[0]
            for table in ("salesforce__contact", "surveys__people", "marketing__email_event")
            for row in connection.execute(f"select email_hash from staging.stg_{table}").fetchall()
        }
        contents = connection.execute(
            "select count(*) from staging.quarantine_salesforce"
            " where source_table = 'contact' and row_content like '%\"phone\"%'"
        ).fetchone()
    with duckdb.connect() as connection:
        addresses = connection.execute(
            "select email from read_parquet(?) where email like 'canary%'",
            [str(persons.raw_dir / "salesforce" / "contact.parquet")],
        ).fetchall()
    key = os.environ["HEALTH_PII_KEY"].encode()
    assert addresses and {keyed_hash(key, row[0].lower()) for row in addresses} <= hashes
    assert contents and contents[0] > 0
