"""The landed files as the gate would describe them, without judging them."""

from __future__ import annotations

import datetime as dt

import duckdb

from scripts.lib.gate.config import read_config
from scripts.lib.gate.landing import hashed, look
from scripts.lib.gate.profile import profile_file
from scripts.lib.gate.reader import make_reader
from scripts.lib.gate.records import Partitions, TableProfile
from scripts.lib.raw_files import RawTable
from scripts.lib.refresh.carrying import Part, part_of
from scripts.lib.settings import Settings
from scripts.lib.source_contract import SourceContract

DERIVED = "derived"  # made by the project itself, landed by nobody


def landed_parts(settings: Settings, profiled: str, as_of: dt.date) -> list[Part]:
    """The parts of every table that lie in the raw folder of the settings.

    The days of one table (`system.table`) are told; of the others, which bytes they are is enough.
    """
    contract = SourceContract(settings)
    now = dt.datetime.combine(as_of, dt.time(), dt.UTC)
    tables = [table for table in contract.tables if table.name == profiled]
    reader = make_reader(settings, read_config(settings, contract.tables), tables, as_of, now)
    parts = []
    with duckdb.connect() as connection:
        for table in contract.tables:
            if table.system == DERIVED:
                continue
            landing = look(contract.folder(table), table.system, [table], "parquet")
            for file in landing.files:
                profile: TableProfile | None = None
                days: Partitions = {}
                if table in tables:
                    found = RawTable(table.system, table.table, file.path)
                    profile, days, _ = profile_file(connection, reader, table, found, file)
                parts.append(part_of(table.system, hashed(file), days, profile))
    return parts
