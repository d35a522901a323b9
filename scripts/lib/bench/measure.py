"""CPU, wall time and peak memory of one child process and of everything it started."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Starts the command and reports what its finished children used; a parent that has run other
# children would otherwise see the highest peak of all of them.
_WRAPPER = (
    "import json, resource, subprocess, sys;"
    "code = subprocess.call(sys.argv[2:]);"
    "u = resource.getrusage(resource.RUSAGE_CHILDREN);"
    "open(sys.argv[1], 'w').write(json.dumps([u.ru_utime + u.ru_stime, u.ru_maxrss]));"
    "sys.exit(code)"
)


@dataclass(frozen=True)
class Cost:
    """What a child process used."""

    cpu_seconds: float
    wall_seconds: float
    peak_gigabytes: float


class ChildFailedError(RuntimeError):
    """A measured child ended with an error."""


def measured(command: Sequence[str], root: Path, environment: Mapping[str, str], log: Path) -> Cost:
    """Run a command to its end; its output goes to the log."""
    log.parent.mkdir(parents=True, exist_ok=True)
    usage = log.with_suffix(".usage")
    started = time.perf_counter()
    with log.open("w", encoding="utf-8") as output:
        code = subprocess.call(
            [sys.executable, "-c", _WRAPPER, str(usage), *command],
            cwd=root,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    wall = time.perf_counter() - started
    if code:
        raise ChildFailedError(f"{log.stem} ended with code {code}; see {os.fspath(log)}.")
    cpu, kilobytes = [float(part) for part in usage.read_text().strip("[]").split(",")]
    usage.unlink()
    return Cost(cpu, wall, kilobytes / 1024**2)
