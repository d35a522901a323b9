"""What is made once for all workers of a test run."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def shared_folder(tmp_path_factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder that every worker finds under the same name."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name


@contextmanager
def made_once(folder: Path) -> Iterator[bool]:
    """One worker at a time; yields whether the folder has yet to be made."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    done = folder.with_name(f".{folder.name}.made")
    with open(folder.with_name(f".{folder.name}.lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not done.exists()
        done.touch()
