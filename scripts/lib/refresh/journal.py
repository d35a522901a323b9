"""The journal: one JSON line for each run, appended and never rewritten."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def append(path: Path, entry: dict[str, Any]) -> None:
    """Add a line in one write, so that a killed run leaves no half line before another's."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(entry, default=str, allow_nan=False, sort_keys=True) + "\n"
    torn = path.exists() and not _ends_line(path)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, (("\n" if torn else "") + line).encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def entries(path: Path) -> list[dict[str, Any]]:
    """All lines, oldest first; a line that a crash has torn is left out."""
    if not path.exists():
        return []
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and "run_id" in entry:
            found.append(entry)
    return found


def _ends_line(path: Path) -> bool:
    with path.open("rb") as handle:
        if not handle.seek(0, os.SEEK_END):
            return True
        handle.seek(-1, os.SEEK_END)
        return handle.read(1) == b"\n"
