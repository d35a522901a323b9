"""Killed at any moment: readers see one complete version, and the next run converges."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

import duckdb
import pytest
from support.batteries import count, share
from support.demo_project import DAY, Demo, copied_demo, read_stamps

from scripts.lib.console import EXIT_BUSY

pytestmark = pytest.mark.battery

KILLS = share(100, 4)
ORPHANS = share(20, 2)
# More lines than a run of the demo logs, so that some are killed after its last one.
LINES = 40


@pytest.fixture
def demo(published_demo: Demo, tmp_path: Path) -> Demo:
    """A demo of its own for each battery, where no orphan of another one is at work."""
    return copied_demo(published_demo, tmp_path)


class Reader(threading.Thread):
    """Opens the link again and again, as a BI tool does; keeps every set of stamps it saw."""

    def __init__(self, database: Path) -> None:
        super().__init__(daemon=True)
        self.database = database
        self.seen: list[set[int]] = []
        self.errors: list[str] = []
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.is_set():
            try:
                self.seen.append(read_stamps(self.database))
            except duckdb.Error as error:
                self.errors.append(str(error))
            time.sleep(0.01)

    def end(self) -> None:
        self._ended.set()
        self.join(timeout=30)


def test_the_whole_group_is_killed(demo: Demo) -> None:
    """kill -9 of the refresh and its dbt at a random line of the run's log."""
    choice = random.Random(20251231)
    reader = Reader(demo.current)
    reader.start()
    published, stamp = 1, 1
    try:
        for number in range(KILLS):
            stamp += 1
            process = demo.start(*DAY, DEMO_STAMP=str(stamp), DEMO_WORK="3000000")
            wait_for_lines(demo, process, choice.randrange(LINES))
            kill(process, os.killpg)
            assert demo.stamps() in ({published}, {stamp}), f"kill {number}"
            published = min(demo.stamps())
            if number % 4 == 3:
                stamp += 1
                again = demo.run(*DAY, DEMO_STAMP=str(stamp))
                assert again.returncode == 0, again.stderr
                assert demo.stamps() == {stamp}
                published = stamp
    finally:
        reader.end()
    last = demo.run(*DAY, DEMO_STAMP="99999")
    assert last.returncode == 0, last.stderr
    assert demo.stamps() == {99999}
    assert not reader.errors, reader.errors[:3]
    assert all(len(stamps) == 1 for stamps in reader.seen)
    count(
        "kill -9 of the whole process group at a random line of the log", KILLS, 100,
        f"one complete version in {len(reader.seen):,} reads, 0 mixtures, 0 errors;"
        " the next run converged every time",
    )  # fmt: skip


def test_only_the_parent_is_killed(demo: Demo) -> None:
    """The orphaned dbt keeps the lock until it has ended; what it built is never published."""
    for number in range(ORPHANS):
        before = demo.current.resolve()
        process = demo.start(*DAY, DEMO_STAMP=str(200000 + number), DEMO_WORK="400000000")
        demo.wait_for_line(process, "start model.account_health.dim_third")
        kill(process, os.kill)
        busy = demo.run(*DAY)
        assert busy.returncode == EXIT_BUSY, busy.stderr
        deadline = time.monotonic() + 120
        while (again := demo.run(*DAY, DEMO_STAMP="7")).returncode == EXIT_BUSY:
            assert demo.current.resolve() == before
            assert time.monotonic() < deadline, "the orphan never ended"
        assert again.returncode == 0, again.stderr
        assert demo.stamps() == {7}
    count(
        "kill -9 of the parent alone", ORPHANS, 20,
        "the lock was held until dbt had ended (exit code 75), then the next run published",
    )  # fmt: skip


def wait_for_lines(demo: Demo, process: subprocess.Popen[str], lines: int) -> None:
    deadline = time.monotonic() + 120
    while len(demo.log_lines(process.pid)) < lines and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)


def kill(process: subprocess.Popen[str], by: object) -> None:
    if process.poll() is None:
        by(process.pid, signal.SIGKILL)  # type: ignore[operator]
    process.communicate(timeout=120) if by is os.killpg else process.wait(timeout=60)
