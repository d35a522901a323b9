"""The examples of schedules are run: their own command lines refresh the demo project."""

from __future__ import annotations

import configparser
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.demo_project import Demo, make_demo
from support.project_files import ROOT

SCHEDULES = ROOT / "examples" / "schedule"
PROJECT = "/srv/account-health"
COMMAND = f"{sys.executable} -m scripts.cli"
DAY = "--as-of 2025-12-31"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    return make_demo(tmp_path_factory.mktemp("demo"))


def run(demo: Demo, line: str) -> subprocess.CompletedProcess[str]:
    """A line of an example, with this project in the place of the example's."""
    here = line.replace(f"{PROJECT}/.venv/bin/health", COMMAND).replace(".venv/bin/health", COMMAND)
    here = here.replace(PROJECT, str(ROOT)).replace(
        "data/refresh.log", f"{demo.folder}/refresh.log"
    )
    here = here.replace(" refresh ", f" refresh {DAY} ")
    return subprocess.run(
        ["bash", "-c", here], cwd=ROOT, env={**os.environ, **demo.environment},
        capture_output=True, text=True,
    )  # fmt: skip


def cron_commands() -> list[str]:
    lines = (SCHEDULES / "crontab").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if line[:1].isdigit()]
    assert all(len(job.split(None, 5)) == 6 for job in jobs)
    return [job.split(None, 5)[5] for job in jobs]


def systemd(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(SCHEDULES / name)
    return unit


def workflow_commands() -> list[str]:
    document = yaml.safe_load((SCHEDULES / "github-actions.yml").read_text(encoding="utf-8"))
    assert document[True]["schedule"][0]["cron"] == "15 2 * * *"  # YAML reads `on` as true
    return [step["run"] for step in document["jobs"]["refresh"]["steps"]]


def test_the_command_lines_of_all_schedules(demo: Demo) -> None:
    unit = systemd("account-health.service")
    assert systemd("account-health.timer")["Timer"]["OnCalendar"] == "*-*-* 02:15:00"
    lines = [*cron_commands(), unit["Service"]["ExecStart"], *workflow_commands()]
    for line in lines:
        done = run(demo, line)
        assert done.returncode == 0, (line, done.stdout, done.stderr)
    statuses = [entry["status"] for entry in demo.journal()]
    assert statuses == ["published"] * sum(" refresh" in line for line in lines)
    logged = (demo.folder / "refresh.log").read_text(encoding="utf-8")
    assert json.loads(logged)["status"] == "published"


def test_dagster_runs_the_same_refresh(demo: Demo, tmp_path: Path) -> None:
    """In a process of its own, because Dagster leaves threads and settings behind."""
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import dagster as dg\n"
        "from dagster_definitions import account_health, definitions, is_fresh, nightly\n"
        "assert definitions.resolve_job_def('__ASSET_JOB') and nightly.cron_schedule\n"
        "with dg.DagsterInstance.ephemeral() as instance:\n"
        "    result = dg.materialize([account_health, is_fresh], instance=instance)\n"
        "    event, = result.asset_materializations_for_node('account_health')\n"
        "    print(event.metadata['run_id'].value)\n"
        "    assert all(check.passed for check in result.get_asset_check_evaluations())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(SCHEDULES)],
        env={
            **os.environ, **demo.environment, "ACCOUNT_HEALTH_DIR": str(ROOT),
            "ACCOUNT_HEALTH_COMMAND": shlex.join(shlex.split(COMMAND)),
            "ACCOUNT_HEALTH_OPTIONS": DAY, "DAGSTER_HOME": str(tmp_path),
            "DAGSTER_DISABLE_TELEMETRY": "1", "HEALTH_NOTIFY_URLS": "",
        },
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert demo.journal()[-1]["run_id"] == done.stdout.strip().splitlines()[-1]
