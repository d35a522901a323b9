"""Seeds with one fault in a copy of theirs: what a check must find at its row."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.project_files import ROOT


def copied_seeds(folder: str, project: Path) -> Path:
    """A project with a copy of one folder of seeds that can be broken."""
    shutil.copytree(ROOT / folder, project / folder)
    return project


def break_seed(path: Path, old: str, new: str) -> int:
    """Write the fault over its first place; returns the row that has it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
