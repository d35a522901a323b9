"""A small company whose exports carry a canary in every column that may hold personal data."""

from __future__ import annotations

import gzip
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl
import yaml

from scripts.lib.gate.manifest import write_manifests
from scripts.lib.source_contract import meta_of
from support.project_files import ROOT

PER_SYSTEM = 20
# What loaders bring along and the source contract does not know.
UNKNOWN = {
    ("salesforce", "contact"): ("phone", "mailing_street"),
    ("zendesk", "user"): ("phone", "notes"),
    ("surveys", "people"): ("phone", "company_note"),
    ("customer_success", "csm_pulse"): ("rated_by_name", "sent_to"),
    ("customer_success", "qbr"): ("attendees",),
    ("marketing", "contact"): ("property_firstname", "property_phone"),
    ("stripe", "customer"): ("phone", "address_line_1"),
}
CANARY = re.compile(rb"canary[0-9]{4}x", re.IGNORECASE)
AS_OF = "2025-12-31"
# Enough for the whole project on a company like this one.
LITTLE_MEMORY = "512MB"


@dataclass
class PersonWorld:
    """The folders of the company, and where each canary was put."""

    folder: Path
    planted: dict[str, str] = field(default_factory=dict)  # canary: system.table.column

    @property
    def plan(self) -> Path:
        """Where each canary was put, for other workers; beside the company, which is searched."""
        return self.folder.with_name(f"{self.folder.name}.planted.json")

    @property
    def raw_dir(self) -> Path:
        return self.folder / "raw"

    @property
    def state_dir(self) -> Path:
        return self.folder / "state"

    @property
    def current(self) -> Path:
        return self.folder / "published" / "current.duckdb"

    @property
    def environment(self) -> dict[str, str]:
        places = {
            "HEALTH_RAW_DIR": "raw",
            "HEALTH_DB": "hand/health.duckdb",
            "HEALTH_DERIVED_DIR": "derived",
            "HEALTH_STATE_DIR": "state",
            "HEALTH_PUBLISHED_DIR": "published",
            "HEALTH_TEMP_DIR": "spill",
        }
        return {
            **os.environ,
            **{name: str(self.folder / path) for name, path in places.items()},
            "HEALTH_MEMORY_LIMIT": LITTLE_MEMORY,
        }

    def health(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the project on this company."""
        return self._run([sys.executable, "-m", "scripts.cli", *arguments])

    def dbt(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run dbt as a person does by hand, with its most talkative log."""
        (self.folder / "hand").mkdir(exist_ok=True)
        paths = ["--target-path", str(self.folder / "target")]
        command = [sys.executable, "-m", "dbt.cli.main", "--debug"]
        return self._run(
            [*command, "--log-path", str(self.folder / "logs"), *arguments, *paths],
        )

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        log = self.folder / "output" / f"{len(list(self.folder.glob('output/*')))}.txt"
        log.parent.mkdir(exist_ok=True)
        log.write_text(done.stdout + done.stderr, encoding="utf-8")
        return done


def make_person_world(folder: Path) -> PersonWorld:
    """Generate the company and plant the canaries, also in rows that end in quarantine."""
    world = PersonWorld(folder)
    done = world.health(
        "sample", "--accounts", "20", "--months", "12", "--truth-dir", str(folder / "truth")
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for system, tables in marked_columns().items():
        # A few more than asked for, because some tables have few rows.
        share = 2 - (-PER_SYSTEM // sum(map(len, tables.values())))
        for table, columns in tables.items():
            path = world.raw_dir / system / f"{table}.parquet"
            if path.exists():
                _plant(world, path, system, columns, share)
    write_manifests(world.raw_dir)
    world.plan.write_text(json.dumps(world.planted), encoding="utf-8")
    return world


def make_refreshed_persons(folder: Path) -> PersonWorld:
    """The company after a refresh and after dbt by hand."""
    world = make_person_world(folder)
    done = world.health("refresh", "--as-of", AS_OF)
    assert done.returncode == 0, done.stdout + done.stderr
    done = world.dbt("build", "--select", "enum_mappings", "currencies", "staging")
    assert done.returncode == 0, done.stdout[-2000:]
    return world


def known_persons(folder: Path) -> PersonWorld:
    """The company that has been made in a folder."""
    world = PersonWorld(folder)
    world.planted = json.loads(world.plan.read_text(encoding="utf-8"))
    return world


def marked_columns() -> dict[str, dict[str, list[str]]]:
    """The marked and the unknown columns, by system and table."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted((ROOT / "models" / "staging").glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]:
            for table in source["tables"]:
                names = [
                    column["name"] for column in table["columns"] if meta_of(column).get("pii")
                ]
                names += UNKNOWN.get((source["name"], table["name"]), ())
                if names:
                    found.setdefault(source["name"], {})[table["name"]] = names
    return found


def _plant(world: PersonWorld, path: Path, system: str, columns: list[str], share: int) -> None:
    rows = pl.read_parquet(path).to_dicts()
    schema = dict(pl.read_parquet_schema(path))
    for name in columns:
        schema.setdefault(name, pl.String())
        n_planted = min(share, len(rows))
        for index in range(n_planted):
            row = rows[index * len(rows) // n_planted]
            canary = f"canary{len(world.planted):04}x"
            world.planted[canary] = f"{system}.{path.stem}.{name}"
            row[name] = _with_canary(canary, row.get(name))
            if path.stem == "ticket_field_history":
                # Status, priority and escalation are picked from lists; other fields are typed.
                row["field_name"] = "custom_note"
    # The same row twice: one of them is set aside with its content.
    rows.append(dict(rows[0]))
    pl.DataFrame(rows, schema=schema).write_parquet(path)


def _with_canary(canary: str, value: str | None) -> str:
    """The value as it was as far as a build can see: an address keeps its domain."""
    if value and "@" in value:
        return f"{canary}.{value}"
    return value[:-1] + f', "note": "{canary}"}}' if value and value.startswith("{") else canary


def traces(folder: Path, pattern: re.Pattern[bytes], skipped: set[str]) -> Iterator[str]:
    """Every file, table and column below a folder in which the pattern occurs."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if not path.is_file() or path.is_symlink() or skipped & set(relative.parts):
            continue
        if path.suffix == ".duckdb":
            yield from (f"{relative}: {place}" for place in _in_database(path, pattern))
        elif path.suffix == ".parquet":
            if any(pattern.search(str(row).encode()) for row in pl.read_parquet(path).iter_rows()):
                yield str(relative)
        else:
            content = path.read_bytes()
            if path.suffix == ".gz":
                content = gzip.decompress(content)
            if pattern.search(content):
                yield str(relative)


def _in_database(path: Path, pattern: re.Pattern[bytes]) -> Iterator[str]:
    """Every table, read once; what a view shows, it has from them or from its own text."""
    expression = pattern.pattern.decode().lower()
    with duckdb.connect(str(path), read_only=True) as connection:
        columns = connection.execute(
            'select format(\'"{}"."{}"\', schema_name, table_name), list(column_name)'
            " from duckdb_columns() where database_name = current_database()"
            " and (data_type = 'VARCHAR' or data_type like 'STRUCT%' or data_type like '%[]')"
            " and (schema_name, table_name) in (select (schema_name, table_name)"
            " from duckdb_tables() where database_name = current_database())"
            " group by all"
        ).fetchall()
        columns.append(("duckdb_views()", ["sql"]))
        for table, names in columns:
            counts = [
                f'count(*) filter (where regexp_matches(lower(cast("{name}" as varchar)), $term))'
                for name in names
            ]
            found = connection.execute(
                f"select {', '.join(counts)} from {table}", {"term": expression}
            ).fetchone()
            for name, rows in zip(names, found or (), strict=True):
                if rows:
                    yield f"{table}.{name} ({rows} rows)"
