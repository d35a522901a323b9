"""The files of one raw table as the gate would describe them, without judging them."""

from __future__ import annotations

import datetime as dt

import duckdb

from scripts.lib.gate.config import read_config
from scripts.lib.gate.landing import hashed, look
from scripts.lib.gate.profile import profile_file
from scripts.lib.gate.reader import make_reader
from scripts.lib.raw_files import RawTable
from scripts.lib.refresh.carrying import Part, part_of
from scripts.lib.settings import Settings
from scripts.lib.source_contract import SourceContract


def landed_parts(settings: Settings, table_name: str, as_of: dt.date) -> list[Part]:
    """The parts of a table (`system.table`) that lie in the raw folder of the settings."""
    contract = SourceContract(settings)
    tables = [table for table in contract.tables if table.name == table_name]
    now = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    reader = make_reader(settings, read_config(settings, contract.tables), tables, as_of, now)
    parts = []
    with duckdb.connect() as connection:
        for table in tables:
            landing = look(contract.folder(table), table.system, [table], "parquet")
            for file in landing.files:
                found = RawTable(table.system, table.table, file.path)
                profile, days, _ = profile_file(connection, reader, table, found, file)
                parts.append(part_of(table.system, hashed(file), days, profile))
    return parts
