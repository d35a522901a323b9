"""What the project makes itself passes, dirt and all, whatever its size, format and day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from support.gate_world import AS_OF, GateWorld, blocked

from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.schema import TABLES
from scripts.lib.sample.world import generate


@pytest.mark.parametrize(
    ("accounts", "months", "seed", "file_format", "kind"),
    [
        (20, 6, 7, "parquet", "base"),
        (40, 9, 3, "csv", "base"),
        (150, 24, 11, "parquet", "base"),
        (80, 18, 5, "parquet", "null"),
        (80, 18, 6, "parquet", "shift"),
    ],
)
def test_no_block(
    tmp_path: Path, accounts: int, months: int, seed: int, file_format: str, kind: str
) -> None:
    config = WorldConfig(accounts, months, AS_OF, seed, kind)  # type: ignore[arg-type]
    generate(config, tmp_path / "raw", tmp_path / "truth", file_format, lambda name: None)  # type: ignore[arg-type]
    result = GateWorld(tmp_path).run()
    assert blocked(result) == set(), [
        row.message for row in result.findings if row.action != "warn"
    ]
    assert result.late_systems == ()


def test_no_block_day_after_day(landed: GateWorld) -> None:
    """The exports as they were on twelve evenings in a row: each adds a day's rows."""
    whole = {
        f"{path.parent.name}.{path.stem}": pl.read_parquet(path)
        for path in landed.raw.glob("*/*.parquet")
    }
    for back in range(11, -1, -1):
        day = AS_OF - dt.timedelta(days=back)
        end = dt.datetime.combine(day, dt.time()) + dt.timedelta(days=1, hours=24)
        for name, frame in whole.items():
            system, table = name.split(".")
            landed.write(name, frame.filter(pl.col(TABLES[system, table].clock) < end))
        result = landed.run(day)
        assert blocked(result) == set(), [
            f"{day} {row.message}" for row in result.findings if row.action != "warn"
        ]
        assert result.late_systems == (), day
        for name, days in result.changed_dates.items():
            if back < 11 and name in ("zendesk.ticket_comment", "salesforce.event"):
                assert len(days) <= 8, (name, days)
