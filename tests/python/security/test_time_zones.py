"""One company built where the clocks differ: every published table is the same, to the bit.

The year holds both changes of daylight saving time of every zone; some exports tell moments with
offsets, some without, some as text.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from support.batteries import IS_FULL, Counted
from support.dbt_server import DbtServer
from support.project_files import ROOT

from scripts.lib.settings import Settings
from scripts.lib.texts.sentiment import score_texts

OWN = "the zone of the suite"
ALL_ZONES = (
    "Australia/Lord_Howe",
    "America/New_York",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Pacific/Apia",
    "UTC",
)
ZONES = ALL_ZONES if IS_FULL else ALL_ZONES[:1]
COUNTED = Counted("time zones", len(ZONES), 6, "published tables hash-equal")
pytestmark = pytest.mark.battery
GRID = ("--vars", "{spine_grain: month, history_periods: 12}")
PUBLISHED = ("core", "metrics", "scoring", "monitoring", "exports")
# Moments around the changes: New York, Berlin, Lord Howe; the hour that is not and the one twice.
CHANGES = (
    "2025-03-09T01:59:59-05:00", "2025-03-09T03:00:00-04:00", "2025-03-30T01:30:00+01:00",
    "2025-03-30T03:30:00+02:00", "2025-04-06T01:45:00+11:00", "2025-04-06T01:45:00+10:30",
    "2025-10-05T02:30:00+11:00", "2025-10-26T02:30:00+02:00", "2025-10-26T02:30:00+01:00",
    "2025-11-02T01:30:00-04:00", "2025-11-02T01:30:00-05:00", "2025-11-02 01:30:00",
    "2025-03-09 02:30:00", "2025-03-30 02:30:00", "2025-04-06 01:45:00", "2025-12-31T23:59:59Z",
)  # fmt: skip


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Raw data of twenty accounts, with moments in every spelling."""
    folder = tmp_path_factory.mktemp("zones")
    command = [sys.executable, "-m", "scripts.cli", "sample", "--accounts", "20", "--months", "14"]
    command += ["--raw-dir", str(folder / "raw"), "--truth-dir", str(folder / "truth")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    _respell(folder / "raw")
    score_texts(Settings(ROOT, folder / "none", folder / "raw", folder / "derived", None))
    return folder


def _respell(raw: Path) -> None:
    """Text with offsets, text without, and timestamps with a zone, in the place of plain ones."""
    ticket, event = raw / "zendesk/ticket.parquet", raw / "salesforce/event.parquet"
    invoice = raw / "stripe/invoice.parquet"
    listed = ", ".join(f"'{moment}'" for moment in CHANGES)
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(
            "create view spelled as select *, case"
            f" when row_number() over (order by id) <= {len(CHANGES)}"
            f" then ([{listed}])[row_number() over (order by id)]"
            " else strftime(created_at, '%Y-%m-%dT%H:%M:%S+00:00') end as told_at"
            f" from '{ticket}'"
        )
        # Loaded within the hour, since a moment after its own load is refused.
        connection.execute(
            "copy (select * exclude (told_at) replace (told_at as created_at,"
            " strftime(cast(told_at as timestamptz) + interval 1 hour, '%Y-%m-%dT%H:%M:%SZ')"
            f" as _fivetran_synced) from spelled) to '{ticket.with_suffix('.csv')}'"
        )
        connection.execute(
            f"copy (select * replace (created::timestamptz as created, due_date::timestamptz"
            f" as due_date) from '{invoice}') to '{invoice}.new' (format parquet)"
        )
        connection.execute(f"copy (from '{event}') to '{event.with_suffix('.csv')}'")
    ticket.unlink()
    event.unlink()
    os.replace(f"{invoice}.new", invoice)


def table_hashes(database: Path) -> dict[str, tuple[int, str]]:
    """Rows and a hash of every published table, whatever the order of its rows."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        # Some tables are views: as in the build, one thread adds up in one order.
        connection.execute("set threads = 1")
        found = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            f" where table_schema in {PUBLISHED} order by all"
        ).fetchall()
        hashes = {}
        for schema, table in found:
            row = connection.execute(
                "select count(*), coalesce(sum(hash(entry)), 0)::varchar"
                f" from {schema}.{table} as entry"
            ).fetchone()
            assert row is not None
            hashes[f"{schema}.{table}"] = row
    return hashes


@pytest.fixture(scope="module")
def built(company: Path, dbt_server: DbtServer) -> dict[str, dict[str, tuple[int, str]]]:
    """The hashes of each zone's build.

    A zone needs a process of its own: the engine reads it when it is loaded.
    """
    hashes = {OWN: build(company, OWN, dbt_server)}
    for zone in ZONES:
        server = DbtServer(dbt_server.folder, TZ=zone)
        hashes[zone] = build(company, zone, server)
        server.close()
    return hashes


def build(company: Path, zone: str, server: DbtServer) -> dict[str, tuple[int, str]]:
    server.build(company / "raw", company / "derived", database_of(company, zone), *GRID)
    return table_hashes(database_of(company, zone))


def database_of(company: Path, zone: str) -> Path:
    return company / zone.replace("/", "_").replace(" ", "_") / "health.duckdb"


def test_the_zone_of_the_process_changes_nothing(
    built: dict[str, dict[str, tuple[int, str]]],
) -> None:
    first = built[OWN]
    assert len(first) >= 40 and sum(rows for rows, _ in first.values()) > 10_000
    for zone in ZONES:
        assert built[zone].keys() == first.keys()
        differing = [table for table, found in built[zone].items() if found != first[table]]
        assert differing == [], zone


def test_moments_are_what_their_offsets_say(
    company: Path, built: dict[str, dict[str, tuple[int, str]]]
) -> None:
    database = database_of(company, ZONES[0])
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        listed = [moment if moment[10] == "T" else f"{moment}+00" for moment in CHANGES]
        wanted = connection.execute(
            "select distinct cast(unnest(?)::timestamptz as timestamp)", [listed]
        ).fetchall()
        found = connection.execute(
            "select distinct created_at from staging.stg_zendesk__ticket"
        ).fetchall()
    assert set(wanted) <= set(found)


def test_the_process_really_stood_elsewhere() -> None:
    """The measure would be empty if the zone of the environment never reached the engine."""
    code = (
        "import duckdb; print(duckdb.execute(\"select current_setting('TimeZone')\").fetchone()[0])"
    )
    for zone in ALL_ZONES[:1]:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == zone
