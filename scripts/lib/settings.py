"""Where a run reads and writes: the project's folders, from the environment or their defaults."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

import yaml

PROJECT_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Settings:
    """The places of one run, all absolute."""

    root: Path
    database: Path
    raw_dir: Path
    derived_dir: Path
    as_of_date: dt.date | None

    @property
    def building(self) -> Path:
        """The file that a build writes: same base name, because views store the database's name."""
        return self.database.parent / "building" / self.database.name

    def environment(self, database: Path | None = None) -> dict[str, str]:
        """The environment of a child process that must see the same places."""
        environment = {
            **os.environ,
            "HEALTH_DB": str(database or self.database),
            "HEALTH_RAW_DIR": str(self.raw_dir),
            "HEALTH_DERIVED_DIR": str(self.derived_dir),
        }
        environment.setdefault("HEALTH_TEMP_DIR", str(self.database.parent / "spill"))
        if self.as_of_date is not None:
            environment["HEALTH_AS_OF_DATE"] = self.as_of_date.isoformat()
        return environment


def load_settings(as_of: dt.date | None = None, root: Path | None = None) -> Settings:
    """Read the environment; relative paths count from the project's root, as they do for dbt."""
    project = (root or Path(os.environ.get("HEALTH_PROJECT_DIR", PROJECT_ROOT))).resolve()

    def place(variable: str, default: str) -> Path:
        return (project / Path(os.environ.get(variable) or default).expanduser()).resolve()

    return Settings(
        root=project,
        database=place("HEALTH_DB", "data/health.duckdb"),
        raw_dir=place("HEALTH_RAW_DIR", "data/raw"),
        derived_dir=place("HEALTH_DERIVED_DIR", "data/derived"),
        as_of_date=as_of,
    )


def project_vars(root: Path) -> dict[str, object]:
    """The `vars` of dbt_project.yml."""
    document = yaml.safe_load((root / "dbt_project.yml").read_text(encoding="utf-8"))
    found = document.get("vars") if isinstance(document, dict) else None
    return dict(found) if isinstance(found, dict) else {}
