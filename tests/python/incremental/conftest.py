"""A company that is small enough to be built again and again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from support.sharing import made_once, shared_folder

from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.world import generate

WORLD = WorldConfig(20, 9, dt.date(2025, 12, 31), 7, "base")


@pytest.fixture(scope="session")
def sampled_world() -> WorldConfig:
    """A few accounts over a few months."""
    return WORLD


@pytest.fixture(scope="session")
def sampled_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their raw exports."""
    folder = shared_folder(tmp_path_factory, "sequences")
    with made_once(folder) as is_first:
        if is_first:
            generate(WORLD, folder / "raw", folder / "truth")
    return folder / "raw"
