"""The warehouse and the oracle give the same scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.lib.oracle.compare import compare

TOLERANCE = 1e-6


@pytest.mark.build
def test_warehouse_agrees_with_the_oracle(warehouse: Path) -> None:
    differences = compare(warehouse)
    assert {"quality", "metric_score", "dimension.dimension_score", "model_score"} <= set(
        differences
    )
    assert {k: v for k, v in differences.items() if v > TOLERANCE} == {}
