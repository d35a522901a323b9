"""The demo project, once for each battery that publishes."""

from __future__ import annotations

import pytest
from support.demo_project import Demo, make_demo

DAY = ("--as-of", "2025-12-31")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demo project that has been published once, with the stamp 1."""
    made = make_demo(tmp_path_factory.mktemp("demo"))
    first = made.run(*DAY, DEMO_STAMP="1")
    assert first.returncode == 0, first.stderr
    return made
