"""No space, no right to write: the old version is served, and the next run recovers."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from support.batteries import IS_FULL, count
from support.demo_project import DAY, Demo
from support.persons import LITTLE_MEMORY, PersonWorld
from support.project_files import ROOT

pytestmark = pytest.mark.battery

# The largest file that a process may write, in bytes: below a catalogue, a clone, a version.
SIZES = tuple(kilobytes << 10 for kilobytes in (1, 4, 16, 64, 128, 256, 384, 512, 640, 768))
USED = SIZES if IS_FULL else SIZES[2::4]


@pytest.mark.parametrize("size", USED)
def test_a_disk_that_is_full(demo: Demo, size: int) -> None:
    """A limit on the size of files is what a full disk is to a process: the write fails."""
    before, stamps = demo.current.resolve(), demo.stamps()
    process = subprocess.run(
        [sys.executable, "-m", "scripts.cli", "refresh", *DAY],
        cwd=ROOT,
        env={**environment(demo), "DEMO_STAMP": "5", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
    )
    assert process.returncode in (1, 2), process.stdout + process.stderr
    assert "Traceback" not in process.stderr
    assert "unchanged" in process.stderr
    assert demo.current.resolve() == before
    assert demo.stamps() == stamps
    again = demo.run(*DAY, DEMO_STAMP="6")
    assert again.returncode == 0, again.stderr
    assert demo.stamps() == {6}
    if size == USED[-1]:
        count(
            "disk full at a size",
            len(USED),
            10,
            "the old version was served, the next run recovered",
        )


def test_a_folder_that_cannot_be_written(demo: Demo, tmp_path: Path) -> None:
    """Whoever runs this may be root, whom no right stops; a path below a file stops everybody."""
    before = demo.current.resolve()
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in ("HEALTH_STATE_DIR", "HEALTH_PUBLISHED_DIR"):
        refused = demo.run(*DAY, **{place: str(tmp_path / "file" / "below")})
        assert refused.returncode == 2, refused.stderr
        assert "cannot be written" in refused.stderr
    assert demo.current.resolve() == before
    assert demo.run(*DAY, DEMO_STAMP="8").returncode == 0
    count("folder that cannot be written", 2, 1, "exit code 2, the message names the folder")


def environment(demo: Demo) -> dict[str, str]:
    return {**os.environ, **demo.environment}


def test_little_memory(
    persons: PersonWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """512 MB for the engine: the whole project on a very small company, and on the sample."""
    assert persons.environment["HEALTH_MEMORY_LIMIT"] == LITTLE_MEMORY
    assert persons.current.exists()
    if not IS_FULL:
        return
    sample = PersonWorld(tmp_path)
    made = sample.health("sample", "--truth-dir", str(tmp_path / "truth"))
    assert made.returncode == 0, made.stdout + made.stderr
    # Two large steps at once may need more; which ones meet differs from run to run.
    together = sample.health("refresh", *DAY)
    if together.returncode:
        assert together.returncode == 1 and "HEALTH_THREADS=1" in together.stderr
        assert not sample.current.exists()
    monkeypatch.setenv("HEALTH_THREADS", "1")
    alone = sample.health("refresh", *DAY)
    assert alone.returncode == 0, alone.stdout + alone.stderr
    assert sample.current.exists()
    ended = "was refused and said what to do" if together.returncode else "published"
    count(
        *("refresh of the sample within 512 MB of memory", 2, 1),
        f"with two steps at once it {ended}; with one at a time it published",
    )
