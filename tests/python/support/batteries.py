"""Batteries of faults: a small share in every run of the suite, all of them in `make faults`.

What a battery counted goes to a file; `make faults` renders docs/reliability.md from it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from support.project_files import ROOT

IS_FULL = os.environ.get("HEALTH_FAULTS") == "full"
COUNTS = ROOT / "target" / "faults.jsonl"
PAGE = ROOT / "docs" / "reliability.md"
START = "<!-- counts: written by `make faults` -->"
END = "<!-- end of counts -->"


@dataclass(frozen=True)
class Counted:
    """What one battery did."""

    battery: str
    runs: int
    target: int
    outcome: str


def share(full: int, small: int) -> int:
    """How many to run: all in `make faults`, a few otherwise."""
    return full if IS_FULL else small


def count(battery: str, runs: int, target: int, outcome: str) -> None:
    """Keep what a battery that passed has counted."""
    if not IS_FULL:
        return
    COUNTS.parent.mkdir(parents=True, exist_ok=True)
    with COUNTS.open("a", encoding="utf-8") as handle:
        handle.write(json.dumps(asdict(Counted(battery, runs, target, outcome))) + "\n")


def render(counts: Path = COUNTS, page: Path = PAGE) -> str:
    """Put the counts into the page, in the order in which they were made."""
    rows = [Counted(**json.loads(line)) for line in counts.read_text("utf-8").splitlines()]
    table = ["| battery | runs | at least | outcome |", "|---|---:|---:|---|"]
    table += [f"| {row.battery} | {row.runs:,} | {row.target:,} | {row.outcome} |" for row in rows]
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    body = "\n".join(table)
    written = f"{before}{START}\n\n{body}\n\n{END}{after}"
    page.write_text(written, encoding="utf-8")
    return body


if __name__ == "__main__":
    print(render())
