"""Single flipped bits: none goes unseen, wherever it is and whether or not there is a manifest."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from support.batteries import count, share
from support.gate_world import GateWorld, found, source

from scripts.lib.gate.manifest import write_manifests

pytestmark = pytest.mark.battery

FLIPS = share(300, 30)
TABLE = "stripe.charge"


def flipped(content: bytes, chooser: random.Random) -> bytes:
    position, bit = chooser.randrange(len(content)), chooser.randrange(8)
    changed = bytearray(content)
    changed[position] ^= 1 << bit
    return bytes(changed)


def restore(path: Path, content: bytes, times: tuple[int, int]) -> None:
    path.write_bytes(content)
    os.utime(path, ns=times)


@pytest.fixture
def files(world: GateWorld, suffix: str) -> GateWorld:
    if suffix == ".csv":
        world.write_csv(TABLE, world.read(TABLE))
    assert source(world.run(), "stripe").decision == "accepted"
    return world


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
@pytest.mark.parametrize("has_manifest", [True, False], ids=["manifest", "same_time"])
def test_a_flip_in_what_landed(files: GateWorld, suffix: str, has_manifest: bool) -> None:
    path = files.path(TABLE, suffix)
    good, status = path.read_bytes(), path.stat()
    if has_manifest:
        write_manifests(files.raw)
    chooser = random.Random(2025)
    accepted = files.accepted(TABLE, suffix).read_bytes()
    seen = 0
    for _ in range(FLIPS // 2):
        path.write_bytes(flipped(good, chooser))
        if not has_manifest:
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        result = files.run()
        rules = {row.rule_id for row in result.findings if row.action == "block"}
        assert rules == ({"checksum"} if has_manifest else {"bit_rot"})
        assert source(result, "stripe").decision == "carried"
        seen += 1
    restore(path, good, (status.st_atime_ns, status.st_mtime_ns))
    assert files.accepted(TABLE, suffix).read_bytes() == accepted
    assert source(files.run(), "stripe").decision == "accepted"
    assert seen == FLIPS // 2
    if has_manifest:
        count(
            f"single-bit flips in landed {suffix.strip('.')} files", FLIPS, 300,
            "all found, with and without a manifest; the accepted files stayed as they were",
        )  # fmt: skip


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_a_flip_in_what_was_accepted(files: GateWorld, suffix: str) -> None:
    path = files.accepted(TABLE, suffix)
    good = path.read_bytes()
    chooser = random.Random(2026)
    for _ in range(max(FLIPS // 10, 3)):
        files.accepted(TABLE, suffix).write_bytes(flipped(good, chooser))
        assert [row.table for row in found(files.run(), "accepted_copy")] == ["charge"]
        assert files.accepted(TABLE, suffix).read_bytes() == good
