"""The gate reads values as staging does: the same macros, the same families."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import polars as pl
import pytest
from support.gate_world import AS_OF, STARTED, GateWorld

from scripts.lib.gate.config import read_config
from scripts.lib.gate.manifest import read_manifest, sha256_of, write_manifests
from scripts.lib.gate.profile import profile_file
from scripts.lib.gate.reader import make_reader
from scripts.lib.gate.records import LandedFile, TableProfile
from scripts.lib.gate.staging_sql import StagingSql, staging_family
from scripts.lib.raw_files import RawTable
from scripts.lib.settings import PROJECT_ROOT, load_settings
from scripts.lib.source_contract import SourceContract

SQL = StagingSql(PROJECT_ROOT)


@pytest.mark.parametrize(
    ("raw", "data_type", "wanted", "value"),
    [
        ("' 42 '", "VARCHAR", "integer", 42),
        ("'42.0'", "VARCHAR", "bigint", 42),
        ("'4,2'", "VARCHAR", "double", None),
        ("'NaN'", "VARCHAR", "double", None),
        ("'inf'::double", "DOUBLE", "double", None),
        ("7.0::double", "DOUBLE", "varchar", "7"),
        ("' x '", "VARCHAR", "varchar", "x"),
        ("''", "VARCHAR", "varchar", None),
        ("'yes'", "VARCHAR", "boolean", True),
        ("0", "INTEGER", "boolean", False),
        ("1700000000", "BIGINT", "timestamp", dt.datetime(2023, 11, 14, 22, 13, 20)),
        ("'1700000000000'", "VARCHAR", "timestamp", dt.datetime(2023, 11, 14, 22, 13, 20)),
        ("'2025-01-01T00:00:00+02:00'", "VARCHAR", "timestamp", dt.datetime(2024, 12, 31, 22)),
        ("'2025-01-01 01:02:03'", "VARCHAR", "timestamp", dt.datetime(2025, 1, 1, 1, 2, 3)),
        ("date '2025-01-01'", "DATE", "timestamp", dt.datetime(2025, 1, 1)),
        ("'31.12.2025'", "VARCHAR", "date", None),
    ],
)
def test_values(raw: str, data_type: str, wanted: str, value: object) -> None:
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        expression = SQL.typed("raw", staging_family(data_type), wanted)
        row = connection.execute(f"select {expression} from (select {raw} as raw)").fetchone()
    assert row == (value,)


@pytest.mark.parametrize(
    ("data_type", "family"),
    [
        ("VARCHAR", "text"), ("BIGINT", "integer"), ("UTINYINT", "integer"), ("DOUBLE", "float"),
        ("DECIMAL(18,4)", "decimal"), ("DATE", "date"), ("TIMESTAMP_NS", "timestamp"),
        ("TIMESTAMP WITH TIME ZONE", "timestamptz"), ("BOOLEAN", "boolean"), ("JSON", "json"),
        ("INTEGER[]", "nested"), ("STRUCT(a INTEGER)", "nested"), ("BLOB", "opaque"),
        ("TIME", "opaque"), ("ENUM('a')", "text"), ("UUID", "text"),
    ],
)  # fmt: skip
def test_families(data_type: str, family: str) -> None:
    assert staging_family(data_type) == family


def profiled(folder: Path, frame: pl.DataFrame, table: str) -> TableProfile:
    settings = load_settings()
    tables = SourceContract(settings).tables
    contract = next(entry for entry in tables if entry.name == table)
    path = folder / "file.parquet"
    frame.write_parquet(path)
    reader = make_reader(settings, read_config(settings), tables, AS_OF, STARTED)
    found = RawTable(contract.system, contract.table, path)
    file = LandedFile(contract.system, contract.table, "file.parquet", path, 1, 1, "x")
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        return profile_file(connection, reader, contract, found, file)[0]


def test_a_key_may_have_versions_but_no_twins(tmp_path: Path) -> None:
    loads = [dt.datetime(2025, 1, day) for day in (1, 2, 2)]
    frame = pl.DataFrame({"id": ["A"] * 3, "name": ["x"] * 3, "_fivetran_synced": loads})
    check = profiled(tmp_path, frame, "salesforce.account").checks["key_repeat|"]
    assert (check.bad, check.base) == (1, 3)


def test_repeats_in_a_large_table_are_estimated_closely(tmp_path: Path) -> None:
    total = 900_000
    number = pl.int_range(total)
    frame = pl.select(
        id=number.cast(pl.String),
        event=pl.lit("opened"),
        user_id=(number % (total * 9 // 10)).cast(pl.String),
        timestamp=pl.lit(dt.datetime(2025, 6, 1)),
        received_at=pl.lit(dt.datetime(2025, 6, 1)),
    )
    checks = profiled(tmp_path, frame, "product_events.tracks").checks
    assert checks["key_repeat|"].bad == 0
    assert checks["natural_repeat|"].share == pytest.approx(0.1, abs=0.005)


def test_a_manifest_says_what_a_folder_holds(landed: GateWorld) -> None:
    write_manifests(landed.raw, {"zendesk.ticket": 5})
    entries = read_manifest(landed.raw / "zendesk")
    assert entries is not None
    assert entries["ticket.parquet"].rows == 5
    assert entries["user.parquet"].rows is None
    assert entries["user.parquet"].sha256 == sha256_of(landed.path("zendesk.user"))
    assert read_manifest(landed.folder) is None
