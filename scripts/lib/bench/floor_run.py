"""Run the floor's script in this one process; arguments: script, database, log."""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import duckdb

from scripts.lib.privacy.key import INNER_VARIABLE, OUTER_VARIABLE, padded_keys, read_key
from scripts.lib.settings import load_settings


def run(script: Path, database: Path, log: Path) -> None:
    """Run every statement and record its CPU and wall time."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": os.environ.get("HEALTH_THREADS", "2"),
        "memory_limit": os.environ.get("HEALTH_MEMORY_LIMIT", "4GB"),
        "temp_directory": os.environ.get("HEALTH_TEMP_DIR", f"{database}.spill"),
        "preserve_insertion_order": "false",
        "storage_compatibility_version": "v1.4.0",  # the build's, see profiles.yml
    }
    record = []
    with duckdb.connect(str(database), config=settings) as connection:
        connection.execute("set TimeZone = 'UTC'")
        padded = padded_keys(read_key(load_settings().root))
        for name, value in zip((INNER_VARIABLE, OUTER_VARIABLE), padded, strict=True):
            connection.execute(f"set variable {name} = ?::blob", [value])
        for statement in json.loads(script.read_text(encoding="utf-8")):
            cpu, wall = _cpu(), time.perf_counter()
            connection.execute(statement)
            name = " ".join(statement.split(None, 5)[:4])
            record.append([name, _cpu() - cpu, time.perf_counter() - wall])
    log.write_text(json.dumps(record), encoding="utf-8")


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


if __name__ == "__main__":
    run(*(Path(argument) for argument in sys.argv[1:4]))
