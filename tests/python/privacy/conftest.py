"""One company with canaries, refreshed once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.persons import AS_OF, PersonWorld, make_person_world


@pytest.fixture(scope="session")
def persons(tmp_path_factory: pytest.TempPathFactory) -> PersonWorld:
    """The company after a refresh and after dbt by hand; tests do not change it."""
    reused = os.environ.get("HEALTH_TEST_PERSONS")
    folder = Path(reused).resolve() if reused else tmp_path_factory.mktemp("persons")
    world = make_person_world(folder)
    done = world.health("refresh", "--as-of", AS_OF)
    assert done.returncode == 0, done.stdout + done.stderr
    done = world.dbt("build", "--select", "enum_mappings", "currencies", "staging")
    assert done.returncode == 0, done.stdout[-2000:]
    return world
