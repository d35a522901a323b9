"""What was tried here is counted, and stands on the page of the batteries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.batteries import Counted, count


@pytest.fixture(scope="module", autouse=True)
def counted(request: pytest.FixtureRequest) -> Iterator[None]:
    """After a module has passed, keep its count."""
    failed = request.session.testsfailed
    yield
    found: Counted | None = getattr(request.module, "COUNTED", None)
    if found and request.session.testsfailed == failed:
        count(found.battery, found.runs, found.target, found.outcome)
