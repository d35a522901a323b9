"""A dbt project of four small models with the real scoring model: a refresh of it takes seconds.

Every published table carries the stamp of its run, so that a mixture of two runs shows.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from scripts.lib.refresh.places import Places
from support.project_files import ROOT

STAMPED = ("dim_first", "dim_second", "dim_third")
DAY = ("--as-of", "2025-12-31")
FIRST = "select {{ env_var('DEMO_STAMP', '1') | int }} as stamp, 1 as demo_id"
AFTER = "select stamp, demo_id from {{{{ ref('{before}') }}}}"
# Long enough to be killed in the middle of; the rows are never written.
SLOW = """
select max(stamp) as stamp, count(*) as demo_id
from {{ ref('dim_second') }}
cross join range(cast({{ env_var('DEMO_WORK', '1') | int }} as bigint)) as work (step)
where hash(step) % 2 = 0
"""


@dataclass(frozen=True)
class Demo:
    """The project and its places, side by side in one folder."""

    root: Path

    @property
    def project_dir(self) -> Path:
        return self.root / "project"

    @property
    def folder(self) -> Path:
        return self.root / "places"

    @property
    def places(self) -> Places:
        return Places(self.folder / "published", self.folder / "state")

    @property
    def published(self) -> Path:
        return self.places.published_dir

    @property
    def state(self) -> Path:
        return self.places.state_dir

    @property
    def current(self) -> Path:
        return self.places.current

    @property
    def environment(self) -> dict[str, str]:
        return {
            "HEALTH_PROJECT_DIR": str(self.project_dir),
            "HEALTH_DB": str(self.folder / "health.duckdb"),
            "HEALTH_RAW_DIR": str(self.folder / "raw"),
            "HEALTH_DERIVED_DIR": str(self.folder / "derived"),
            "HEALTH_PUBLISHED_DIR": str(self.published),
            "HEALTH_STATE_DIR": str(self.state),
        }

    def start(
        self, *arguments: str, command: str = "refresh", **extra: str
    ) -> subprocess.Popen[str]:
        """Begin a command in a process group of its own, as a scheduler does."""
        return subprocess.Popen(
            [sys.executable, "-m", "scripts.cli", command, *arguments],
            cwd=ROOT,
            env={**os.environ, **self.environment, **extra},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(
        self, *arguments: str, command: str = "refresh", **extra: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        process = self.start(*arguments, command=command, **extra)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def stamps(self, database: Path | None = None) -> set[int]:
        """The stamps that a reader finds; more than one is a mixture."""
        return read_stamps(database or self.current)

    def journal(self) -> list[dict[str, object]]:
        text = self.places.journal.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def log_lines(self, pid: int) -> list[str]:
        """What the run of this process has logged so far."""
        for log in self.state.glob("runs/*/events.log"):
            lines = log.read_text(encoding="utf-8").splitlines()
            if lines and lines[0].endswith(f"process {pid}"):
                return lines
        return []

    def wait_for_line(self, process: subprocess.Popen[str], line: str, seconds: float = 90) -> None:
        """Wait until the run has logged this; it must still be alive."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and process.poll() is None:
            if any(text.endswith(line) for text in self.log_lines(process.pid)):
                return
            time.sleep(0.02)
        raise AssertionError(f"no line {line!r} in {self.log_lines(process.pid)}")

    def write_model(self, name: str, sql: str) -> None:
        path = self.project_dir / "models" / "core" / f"{name}.sql"
        path.write_text(sql.strip() + "\n", encoding="utf-8")


def read_stamps(database: Path) -> set[int]:
    with duckdb.connect(str(database), read_only=True) as connection:
        rows = connection.execute(
            " union all ".join(f"select stamp from core.{table}" for table in STAMPED)
            + " union all select stamp from core.dim_view"
        ).fetchall()
    return {int(row[0]) for row in rows}


def make_project(folder: Path) -> Path:
    """The seeds that the doctor reads, unloaded, and the models."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "profiles.yml", folder)
    configuration = yaml.safe_load((ROOT / "dbt_project.yml").read_text(encoding="utf-8"))
    configuration["seeds"]["account_health"]["+enabled"] = False
    for hook in ("on-run-start", "on-run-end"):
        configuration.pop(hook, None)
    (folder / "dbt_project.yml").write_text(yaml.safe_dump(configuration), encoding="utf-8")
    for part in ("macros/project", "macros/engine", "config"):
        shutil.copytree(ROOT / part, folder / part)
    gate = yaml.safe_load((ROOT / "config/source_gate.yml").read_text(encoding="utf-8"))
    rules_only = {key: value if key == "rules" else type(value)() for key, value in gate.items()}
    (folder / "config/source_gate.yml").write_text(yaml.safe_dump(rules_only), encoding="utf-8")
    unneeded = shutil.ignore_patterns("*.yml")
    shutil.copytree(ROOT / "seeds", folder / "seeds", ignore=unneeded)
    (folder / "models" / "core").mkdir(parents=True)
    return folder


def make_demo(folder: Path) -> Demo:
    """A project of its own with its four models, and empty places."""
    demo = Demo(folder)
    make_project(demo.project_dir)
    demo.folder.mkdir()
    demo.write_model("dim_first", FIRST)
    demo.write_model("dim_second", AFTER.format(before="dim_first"))
    demo.write_model("dim_third", SLOW)
    demo.write_model(
        "dim_view", "{{ config(materialized='view') }}\n" + AFTER.format(before="int_hidden")
    )
    demo.write_model("int_hidden", AFTER.format(before="dim_third"))
    demo.write_model("int_unpublished", AFTER.format(before="dim_third"))
    columns = [
        {"name": "stamp", "data_type": "integer"},
        {"name": "demo_id", "data_type": "bigint"},
    ]
    models = [
        {
            "name": name,
            "config": {"access": "public", "contract": {"enforced": False}},
            "columns": columns,
        }
        for name in (*STAMPED, "dim_view")
    ]
    models += [
        {"name": name, "config": {"contract": {"enforced": False}}}
        for name in ("int_hidden", "int_unpublished")
    ]
    models[0]["columns"] = [{**columns[0], "data_tests": ["not_null"]}, columns[1]]
    (demo.project_dir / "models" / "core" / "demo.yml").write_text(
        yaml.safe_dump({"models": models}), encoding="utf-8"
    )
    return demo


def make_published_demo(folder: Path) -> Demo:
    """A demo project that has been published once, with the stamp 1."""
    demo = make_demo(folder)
    first = demo.run(*DAY, DEMO_STAMP="1")
    assert first.returncode == 0, first.stderr
    return demo


def copied_demo(demo: Demo, folder: Path) -> Demo:
    """The project and its places in another folder, where dbt has parsed nothing yet."""
    parsed = shutil.ignore_patterns(demo.places.parse_cache.name)
    shutil.copytree(demo.root, folder, symlinks=True, ignore=parsed, dirs_exist_ok=True)
    return Demo(folder)
