"""One small company for all tests of the gate, as it landed and as it was accepted."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.gate_world import GateWorld, make_world


@pytest.fixture(scope="session")
def landed_world(tmp_path_factory: pytest.TempPathFactory) -> GateWorld:
    """Exports of which nothing has been accepted yet; tests copy them."""
    return make_world(tmp_path_factory.mktemp("gate") / "landed")


@pytest.fixture(scope="session")
def accepted_world(landed_world: GateWorld, tmp_path_factory: pytest.TempPathFactory) -> GateWorld:
    """The same after a run that accepted everything; tests copy it."""
    world = landed_world.copy_to(tmp_path_factory.mktemp("gate") / "accepted")
    world.run()
    return world


@pytest.fixture
def landed(landed_world: GateWorld, tmp_path: Path) -> GateWorld:
    """Exports of one's own, nothing accepted."""
    return landed_world.copy_to(tmp_path / "world")


@pytest.fixture
def world(accepted_world: GateWorld, tmp_path: Path) -> GateWorld:
    """Exports of one's own, all accepted yesterday."""
    return accepted_world.copy_to(tmp_path / "world")
