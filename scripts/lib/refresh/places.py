"""Where a refresh reads and writes, beside the settings that every command shares."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.lib.settings import Settings


@dataclass(frozen=True)
class Places:
    """The folders of published versions and of the refresh's own state, all absolute."""

    published_dir: Path
    state_dir: Path

    @property
    def current(self) -> Path:
        """The link that readers open."""
        return self.published_dir / "current.duckdb"

    @property
    def versions(self) -> Path:
        """One file for each publication that is still kept."""
        return self.published_dir / "versions"

    @property
    def journal(self) -> Path:
        """One JSON line for each run, whatever came of it."""
        return self.published_dir / "journal.jsonl"

    @property
    def metrics_file(self) -> Path:
        """Figures of the last run for a Prometheus text file collector."""
        return self.published_dir / "health.prom"

    @property
    def lock_file(self) -> Path:
        """Held by the one refresh that runs, and by its dbt."""
        return self.state_dir / ".lock"

    @property
    def accepted_dir(self) -> Path:
        """The raw files that passed the gate; a refresh builds from nothing else."""
        return self.state_dir / "accepted"

    @property
    def derived_dir(self) -> Path:
        """What is computed before the SQL graph: text scores and source incidents."""
        return self.state_dir / "derived"

    @property
    def database(self) -> Path:
        """The whole warehouse of the last publication, staging included."""
        return self.state_dir / "health.duckdb"

    @property
    def building(self) -> Path:
        """The clone that a run builds in; same base name, because views store it."""
        return self.state_dir / "building" / self.database.name

    @property
    def parse_cache(self) -> Path:
        """What dbt remembers of the project's files between runs."""
        return self.state_dir / "partial_parse.msgpack"

    def run_dir(self, run_id: str) -> Path:
        """The artifacts of one run."""
        return self.state_dir / "runs" / run_id

    def child_settings(self, settings: Settings) -> Settings:
        """The settings of the build inside: accepted files in, the clone out."""
        return replace(
            settings,
            database=self.building,
            raw_dir=self.accepted_dir,
            derived_dir=self.derived_dir,
        )


def load_places(settings: Settings) -> Places:
    """Read the environment; relative paths count from the project's root."""

    def place(variable: str, default: str) -> Path:
        return (settings.root / Path(os.environ.get(variable) or default).expanduser()).resolve()

    return Places(
        published_dir=place("HEALTH_PUBLISHED_DIR", "data/published"),
        state_dir=place("HEALTH_STATE_DIR", "data/state"),
    )
