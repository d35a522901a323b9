"""Fixtures of the suite: one warehouse that is built once, and a small hand-made one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from support.building import World, make_world
from support.dbt_server import DbtServer
from support.demo_project import Demo, copied_demo, make_published_demo
from support.golden_company import build_company
from support.persons import PersonWorld, known_persons, make_refreshed_persons
from support.sharing import made_once, shared_folder
from support.tiny_warehouse import make_tiny_warehouse

TESTS = Path(__file__).parent
PLACES = (
    "HEALTH_DB", "HEALTH_RAW_DIR", "HEALTH_DERIVED_DIR", "HEALTH_AS_OF_DATE", "HEALTH_TEMP_DIR",
    "HEALTH_PROJECT_DIR", "HEALTH_TARGET",
)  # fmt: skip
# A third of a minute of work and more: they begin first, dearest first, so that the workers end
# together. The first two make what others wait for.
LONG = (
    "building/test_warehouse.py", "privacy/test_erasure.py", "incremental/test_sequences.py",
    "incremental/test_changed_keys.py",
    "truncation/test_truncation.py", "refresh/test_refresh.py", "examples/test_support_desk.py",
    "faults/test_kills.py", "security/test_time_zones.py", "cases/test_absent_sources.py",
    "golden/test_golden_accounts.py", "staging/test_dirty_rows.py", "simulation/test_rebuild.py",
    "oracle/test_warehouse_agrees.py", "examples/test_schedules.py",
    "building/test_publishing.py", "security/test_landed_data.py", "gate/test_bad_inputs.py",
    "faults/test_space.py", "faults/test_concurrency.py", "gate/test_sample.py",
    "security/test_entry_points.py",
)  # fmt: skip
# Pseudonyms are the same in all builds of the suite, and no test touches the key of a person.
PII_KEY = "the key of the test suite alone"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first; within a file, and among the others, the order stays."""
    ranks = {TESTS / name: rank for rank, name in enumerate(LONG)}
    if gone := [str(path) for path in ranks if not path.exists()]:
        raise pytest.UsageError(f"LONG in {__file__} names files that are gone: {gone}")
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))


@pytest.fixture(autouse=True, scope="session")
def _own_places() -> None:
    """No test may read or write the places of the person who runs it."""
    for name in PLACES:
        os.environ.pop(name, None)
    os.environ["HEALTH_PII_KEY"] = PII_KEY


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A generated company and its build; HEALTH_TEST_REUSE keeps it in a folder between runs."""
    reused = os.environ.get("HEALTH_TEST_REUSE")
    folder = Path(reused).resolve() if reused else shared_folder(tmp_path_factory, "world")
    with made_once(folder):
        return make_world(folder)


@pytest.fixture(scope="session")
def warehouse(world: World) -> Path:
    """The database of the build."""
    return world.database


@pytest.fixture(scope="session")
def raw_dir(world: World) -> Path:
    """The raw exports that the build read."""
    return world.raw_dir


@pytest.fixture(scope="session")
def truth_dir(world: World) -> Path:
    """What the generator knows and the build must not read."""
    return world.truth_dir


@pytest.fixture(scope="session")
def connection(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection to the build."""
    with duckdb.connect(str(warehouse), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def dbt_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DbtServer]:
    """A dbt that has parsed the project and builds worlds of other raw data."""
    server = DbtServer(tmp_path_factory.mktemp("dbt_server"))
    yield server
    server.close()


@pytest.fixture(scope="session")
def golden_warehouse(tmp_path_factory: pytest.TempPathFactory, dbt_server: DbtServer) -> Path:
    """The build of the five accounts that are worked by hand."""
    folder = shared_folder(tmp_path_factory, "golden")
    with made_once(folder) as is_first:
        return build_company(folder, dbt_server) if is_first else folder / "health.duckdb"


@pytest.fixture(scope="session")
def tiny_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hand-made build of a few accounts."""
    return make_tiny_warehouse(tmp_path_factory.mktemp("tiny") / "health.duckdb")


@pytest.fixture(scope="session")
def published_demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo project, published once with the stamp 1; tests change copies of it."""
    folder = shared_folder(tmp_path_factory, "published_demo")
    with made_once(folder) as is_first:
        return make_published_demo(folder) if is_first else Demo(folder)


@pytest.fixture(scope="module")
def demo(published_demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The published demo project, for one module to go on with."""
    return copied_demo(published_demo, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def persons(tmp_path_factory: pytest.TempPathFactory) -> PersonWorld:
    """A company with canaries, refreshed once with little memory; tests do not change it."""
    reused = os.environ.get("HEALTH_TEST_PERSONS")
    folder = Path(reused).resolve() if reused else shared_folder(tmp_path_factory, "persons")
    with made_once(folder) as is_first:
        return make_refreshed_persons(folder) if is_first else known_persons(folder)
