"""Build layer by layer in one process; arguments: log, layers, and what dbt is told.

The project is read once, so that a layer's cost is its own.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest


def run(log: Path, layers: list[tuple[str, str]], arguments: list[str]) -> None:
    """Run every layer; record its CPU, its wall time, and peak memory and file size after it."""
    record = []
    started, cpu = time.perf_counter(), _cpu()
    parsed = dbtRunner().invoke(["parse", *arguments])
    if not isinstance(parsed.result, Manifest):
        sys.exit(1)
    record.append(["start and parse", _cpu(), time.perf_counter() - started, _peak(), 0.0])
    runner = dbtRunner(manifest=parsed.result)
    for layer, selector in layers:
        started, cpu = time.perf_counter(), _cpu()
        selection = ["--select", selector, "--exclude-resource-type", "test", "unit_test"]
        if not runner.invoke(["build", *selection, *arguments]).success:
            sys.exit(1)
        wall = time.perf_counter() - started
        record.append([layer, _cpu() - cpu, wall, _peak(), _size()])
    log.write_text(json.dumps(record), encoding="utf-8")


def _cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def _size() -> float:
    return Path(os.environ["HEALTH_DB"]).stat().st_size / 1024**3


if __name__ == "__main__":
    pairs = [part.split("=", 1) for part in sys.argv[2].split(",")]
    run(Path(sys.argv[1]), [(name, selector) for name, selector in pairs], sys.argv[3:])
