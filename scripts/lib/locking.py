"""One writer at a time: a lock of the kernel, which is never stale."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.lib.console import EXIT_BUSY, HealthError


@contextmanager
def held(path: Path, busy: str) -> Iterator[int]:
    """Hold the lock, or stop with the message; a child that inherits the descriptor keeps it.

    The kernel frees the lock when the last holder has ended, however it ended: after a killed
    parent, its dbt still holds it.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = open(path, "a", encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        raise HealthError(
            f"The folder {path.parent} cannot be written: {error.strerror}.",
            "Set its environment variable (HEALTH_DB, HEALTH_STATE_DIR or HEALTH_PUBLISHED_DIR)"
            " to a folder that you can write.",
        ) from None
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise HealthError(
                busy,
                "Wait for it to end; the last good version stays readable meanwhile.",
                EXIT_BUSY,
            ) from None
        os.set_inheritable(handle.fileno(), True)
        yield handle.fileno()
