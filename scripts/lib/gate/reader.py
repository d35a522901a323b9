"""What is the same for every file of a run: the configuration, the mappings and the moments."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from scripts.lib.gate.config import GateConfig
from scripts.lib.gate.staging_sql import StagingSql, staging_sql
from scripts.lib.settings import Settings, project_vars
from scripts.lib.source_contract import ContractTable


@dataclass(frozen=True)
class Reader:
    """What is the same for every file of a run."""

    config: GateConfig
    sql: StagingSql
    enums: dict[str, dict[str, str]]
    as_of: dt.date
    started_at: dt.datetime
    reference: dt.datetime
    epoch_floor: str
    meanings: dict[tuple[str, str], dict[str, str]]
    described: dict[tuple[Path, ...], dict[str, str]] = field(default_factory=dict)

    def moment(self, hours: float = 0, *, from_reference: bool = False) -> str:
        """A moment near the run's start, for SQL."""
        start = self.reference if from_reference else self.started_at
        return f"timestamp '{start + dt.timedelta(hours=hours):%Y-%m-%d %H:%M:%S}'"


def make_reader(
    settings: Settings,
    config: GateConfig,
    tables: list[ContractTable],
    as_of: dt.date,
    started_at: dt.datetime,
) -> Reader:
    """Read what the profiles of a run depend on."""
    start = started_at.astimezone(dt.UTC).replace(tzinfo=None) if started_at.tzinfo else started_at
    end_of_day = dt.datetime.combine(as_of, dt.time()) + dt.timedelta(days=1)
    enums: dict[str, dict[str, str]] = {"currency": {}}
    folder = settings.root / "seeds" / "mappings"
    for row in _rows(folder / "enum_mappings.csv"):
        enums.setdefault(row["enum_name"], {})[row["raw_value"]] = row["canonical_value"]
    for row in _rows(folder / "currencies.csv"):
        enums["currency"][row["currency"]] = row["currency"]
    return Reader(
        config=config,
        sql=staging_sql(settings.root),
        enums=enums,
        as_of=as_of,
        started_at=start,
        reference=min(start, end_of_day),
        epoch_floor=str(project_vars(settings.root).get("source_epoch_floor", "2000-01-01")),
        meanings={
            (table.name, column.name): enums.get(column.rules["enum"], {})
            for table in tables
            for column in table.columns
            if column.rules.get("enum")
        },
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
