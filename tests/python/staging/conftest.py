"""One copy of the staging layer for all tests of it, so that dbt parses it once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.staged import Staged, staged_by, staging_server


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Staged]]:
    """A function that builds the given nodes from a raw folder."""
    server = staging_server(tmp_path_factory.mktemp("staging_layer"))

    def run(raw: Path, *selection: str) -> Staged:
        return staged_by(server, raw, tmp_path_factory.mktemp("staged"), selection)

    yield run
    server.close()
