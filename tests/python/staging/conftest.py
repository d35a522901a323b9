"""One copy of the staging layer for all tests of it, so that dbt parses it once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.staged import Staged, copy_slice, run_staging


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Staged]:
    """A function that builds the given nodes from a raw folder."""
    project = tmp_path_factory.mktemp("staging_layer")
    copy_slice(project)

    def run(raw: Path, *selection: str) -> Staged:
        return run_staging(project, raw, tmp_path_factory.mktemp("staged"), selection)

    return run
