"""Many at once: one refresh publishes, and no reader ever sees an error or a mixture."""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.synchronize import Event
from pathlib import Path

import duckdb
import pytest
from support.batteries import count, share
from support.demo_project import DAY, STAMPED, Demo, read_stamps

from scripts.lib.console import EXIT_BUSY
from scripts.lib.refresh.places import Places
from scripts.lib.refresh.publishing import finish
from scripts.lib.refresh.versions import prune

pytestmark = pytest.mark.battery

REFRESHES = share(10, 4)
PUBLICATIONS = share(300, 60)
READERS = share(4, 2)


def test_refreshes_at_once(demo: Demo) -> None:
    processes = [
        demo.start(*DAY, DEMO_STAMP=str(number), DEMO_WORK="400000000")
        for number in range(10, 10 + REFRESHES)
    ]
    codes, errors = [], ""
    for process in processes:
        _, stderr = process.communicate(timeout=300)
        codes.append(process.returncode)
        errors += stderr
    assert sorted(codes) == [0] + [EXIT_BUSY] * (REFRESHES - 1), errors
    assert "Traceback" not in errors
    assert len(demo.stamps()) == 1
    count(
        "refreshes started at once", REFRESHES, 10,
        f"one published, {REFRESHES - 1} ended with exit code 75",
    )  # fmt: skip


def test_readers_while_versions_are_published(tmp_path: Path) -> None:
    places = Places(tmp_path / "published", tmp_path / "state")
    places.versions.mkdir(parents=True)
    publish(places, 0)
    ended = multiprocessing.Event()
    with multiprocessing.Pool(
        READERS, initializer=_remember, initargs=(places.current, ended)
    ) as pool:
        reads = pool.map_async(_read, range(READERS))
        for stamp in range(1, PUBLICATIONS + 1):
            publish(places, stamp)
            # As the settings would allow at the least: only the newest versions stay.
            prune(places, keep=3, keep_minutes=0.02)
        ended.set()
        seen = reads.get(timeout=120)
    total = sum(number for number, _, _ in seen)
    assert not [problem for _, problem, _ in seen if problem]
    assert not sum(mixtures for _, _, mixtures in seen)
    assert total >= PUBLICATIONS
    count(
        f"publications beside {READERS} readers", PUBLICATIONS, 300,
        f"{total:,} reads, 0 errors, 0 mixtures",
    )  # fmt: skip


def publish(places: Places, stamp: int) -> None:
    unfinished = places.versions / f".{stamp:06}.duckdb"
    with duckdb.connect(str(unfinished)) as connection:
        connection.execute("create schema core")
        for table in (*STAMPED, "dim_view"):
            connection.execute(f"create table core.{table} as select {stamp} as stamp")
        connection.execute("checkpoint")
    finish(places, unfinished, f"{stamp:06}")


def _remember(database: Path, ended: Event) -> None:
    global DATABASE, ENDED
    DATABASE, ENDED = database, ended


def _read(reader: int) -> tuple[int, str, int]:
    """Reads, the first error, and mixtures, until the publisher has ended."""
    reads, mixtures = 0, 0
    while not ENDED.is_set():
        try:
            mixtures += len(read_stamps(DATABASE)) != 1
        except duckdb.Error as error:
            return reads, f"reader {reader}: {error}", mixtures
        reads += 1
        time.sleep(0.001)
    return reads, "", mixtures
