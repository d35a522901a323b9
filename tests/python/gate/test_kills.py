"""A kill at any change of the disk: every accepted system is wholly old or wholly new."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from support.batteries import count, share
from support.gate_world import GateWorld, source

from scripts.lib.settings import PROJECT_ROOT

pytestmark = pytest.mark.battery

# A run of the gate that dies at the n-th time it changes a file or folder of the state.
SCRIPT = """
import os, sys
folder, limit = sys.argv[1], int(sys.argv[2])
sys.path[:0] = ["tests/python", "."]
from pathlib import Path
from support.gate_world import GateWorld
world, count = GateWorld(Path(folder), 10), 0
EVENTS = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "shutil.copyfile", "open"}
def watch(event, args):
    global count
    if event not in EVENTS or not any(str(world.places.state_dir) in str(a) for a in args[:2]):
        return
    if event == "open" and not (isinstance(args[1], str) and args[1][0] in "wa"):
        return
    count += 1
    if count == limit:
        os._exit(9)
sys.addaudithook(watch)
world.run()
print(count)
"""


def attempt(world: GateWorld, limit: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, str(world.folder), str(limit)]
    return subprocess.run(
        command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=False, env=os.environ
    )


def digest(folder: Path) -> str:
    """The data and the record of one accepted system."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "_accepted.json":
            whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


@pytest.fixture(scope="module")
def changed_world(accepted_world: GateWorld, tmp_path_factory: pytest.TempPathFactory) -> GateWorld:
    """Two systems have new exports of two tables each."""
    world = accepted_world.copy_to(tmp_path_factory.mktemp("kills") / "world")
    for table in ("zendesk.ticket", "zendesk.user", "stripe.product", "stripe.price"):
        world.change(table, lambda frame: frame.with_columns(extra=pl.lit("new")))
    return world


def test_every_kill_leaves_whole_systems(changed_world: GateWorld, tmp_path: Path) -> None:
    finished = changed_world.copy_to(tmp_path / "finished")
    old = {name: digest(finished.places.accepted_dir / name) for name in ("zendesk", "stripe")}
    done = attempt(finished, 10**9)
    assert done.returncode == 0, done.stderr
    steps = int(done.stdout)
    new = {name: digest(finished.places.accepted_dir / name) for name in old}
    assert old["zendesk"] != new["zendesk"]
    kills = share(steps, 12)
    states = set()
    for number in range(kills):
        limit = 1 + number * steps // kills
        world = changed_world.copy_to(tmp_path / f"kill_{limit}")
        world.runs = 20
        assert attempt(world, limit).returncode == 9
        for name in old:
            folder = world.places.accepted_dir / name
            if folder.exists():
                assert digest(folder) in (old[name], new[name])
                states.add("old" if digest(folder) == old[name] else "new")
        result = world.run()
        assert {source(result, name).decision for name in old} == {"accepted"}
        assert {name: digest(world.places.accepted_dir / name) for name in old} == new
        left = {path.name for path in world.places.accepted_dir.glob(".*")}
        assert left == set()
    assert states == {"old", "new"}
    count(
        "death of the gate at a change of the disk", kills, steps,
        "each system wholly old or wholly new, the next run converges",
    )  # fmt: skip


@pytest.mark.parametrize("was_complete", [True, False])
def test_a_kill_between_the_two_renames(world: GateWorld, was_complete: bool) -> None:
    folder = world.places.accepted_dir
    before = digest(folder / "zendesk")
    (folder / "zendesk").rename(folder / ".old-zendesk")
    upcoming = folder / ".next-zendesk"
    upcoming.mkdir()
    for path in (folder / ".old-zendesk").iterdir():
        if was_complete or path.name == "ticket.parquet":
            (upcoming / path.name).write_bytes(path.read_bytes())
    result = world.run()
    assert source(result, "zendesk").decision == "accepted"
    assert digest(folder / "zendesk") == before
