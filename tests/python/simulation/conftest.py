"""A project whose seeds can be changed, and a database that holds them as published."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from support.project_files import ROOT

from scripts.lib.simulation.candidate import Candidate, read_candidate
from scripts.lib.simulation.seeds import STATED
from scripts.lib.warehouse import Warehouse

Stated = dict[str, list[str]]
Reading = Callable[..., Candidate]


@pytest.fixture(scope="session")
def published() -> Iterator[Warehouse]:
    """The seeds of the project as a build holds them."""
    with duckdb.connect() as connection:
        connection.execute("create schema seeds")
        for part in STATED:
            connection.execute(
                f"create table seeds.{part.rsplit('/', 1)[-1]} as"
                f" select * from read_csv('{ROOT}/seeds/{part}.csv', header = true)"
            )
        yield Warehouse(connection)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the seeds that can be changed, with the models beside them."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "seeds", root / "seeds")
    (root / "models").symlink_to(ROOT / "models")
    return root


@pytest.fixture
def reading(project: Path, published: Warehouse, tmp_path: Path) -> Reading:
    """Read a candidate that is stated in files of its own."""

    def read(name: str, stated: Stated | None = None) -> Candidate:
        with_folder = state(tmp_path / "candidate", stated or {})
        folder = tmp_path / "checked"
        folder.mkdir()
        return read_candidate(project, published, name, with_folder, folder)

    return read


def header(seed: str) -> str:
    part = next(part for part in STATED if part.endswith(f"/{seed}"))
    return (ROOT / "seeds" / f"{part}.csv").read_text(encoding="utf-8").splitlines()[0]


def rows_as(seed: str, version: str, *changes: tuple[str, str]) -> list[str]:
    """The published rows of a seed under another version, each change made in one row."""
    part = next(part for part in STATED if part.endswith(f"/{seed}"))
    lines = (ROOT / "seeds" / f"{part}.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [f"{version},{line.split(',', 1)[1]}" for line in lines if line.startswith("v1,")]
    for old, new in changes:
        place = next(index for index, row in enumerate(rows) if old in row)
        rows[place] = rows[place].replace(old, new, 1)
    return rows


def state(folder: Path, stated: Stated) -> list[Path]:
    """Write the files of a candidate, each with the header of its seed."""
    if not stated:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    for seed, rows in stated.items():
        text = "\n".join([header(seed), *rows]) + "\n"
        (folder / f"{seed}.csv").write_text(text, encoding="utf-8")
    return [folder]
