"""The project's macros, profile and vars without its models: soon parsed, for tests of those."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.project_files import ROOT

INVOCATIONS = """
import io, json, os, sys
from dbt.cli.main import dbtRunner

answers = []
own = dict(os.environ)
for call in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(own | call["environment"])
    said = io.StringIO()
    sys.stdout, real = said, sys.stdout
    done = dbtRunner().invoke(call["arguments"])
    sys.stdout = real
    results = [
        result for result in getattr(done.result, "results", None) or [] if hasattr(result, "node")
    ]
    answers.append({
        "success": done.success,
        "error": str(done.exception or ""),
        "output": said.getvalue(),
        "messages": {result.node.name: str(result.message) for result in results},
        "statuses": {result.node.name: str(result.status) for result in results},
    })
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(answers, file)
"""


@dataclass(frozen=True)
class Answer:
    """What one call of dbt did."""

    success: bool
    error: str
    output: str
    messages: dict[str, str]
    statuses: dict[str, str]


class SmallProject:
    """A dbt project in an empty folder; its raw data, database and spill lie beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.raw_dir = folder / "raw"
        self.database = folder / "database" / "health.duckdb"
        for place in (self.project, self.raw_dir, folder / "derived", self.database.parent):
            place.mkdir(parents=True, exist_ok=True)
        for name in ("dbt_project.yml", "profiles.yml"):
            shutil.copy(ROOT / name, self.project / name)
        shutil.copytree(ROOT / "macros", self.project / "macros")

    def write(self, relative: str, text: str) -> None:
        """Write a file of the project."""
        path = self.project / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def places(self) -> dict[str, str]:
        """The environment that keeps everything within the folder."""
        return {
            "HEALTH_PROJECT_DIR": str(self.project),
            "HEALTH_DB": str(self.database),
            "HEALTH_RAW_DIR": str(self.raw_dir),
            "HEALTH_DERIVED_DIR": str(self.folder / "derived"),
            "HEALTH_TEMP_DIR": str(self.folder / "spill"),
        }

    def dbt(self, *calls: list[str] | tuple[list[str], dict[str, str]]) -> list[Answer]:
        """Run calls of dbt one after the other in one process, which imports dbt once.

        A call is its arguments, and what it finds in the environment beside the places.
        """
        common = ["--project-dir", ".", "--profiles-dir", ".", "--target-path", "target"]
        common += ["--log-path", "logs"]
        requests = []
        for call in calls:
            arguments, environment = call if isinstance(call, tuple) else (call, {})
            words = next(
                (n for n, text in enumerate(arguments) if text.startswith("-")), len(arguments)
            )
            requests.append(
                {
                    "arguments": [*arguments[:words], *common, *arguments[words:]],
                    "environment": environment,
                }
            )
        answer_file = self.folder / "answers.json"
        done = subprocess.run(
            [sys.executable, "-c", INVOCATIONS, str(answer_file)],
            cwd=self.project,
            env=os.environ | self.places(),
            input=json.dumps(requests),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        answers: list[dict[str, Any]] = json.loads(answer_file.read_text(encoding="utf-8"))
        return [Answer(**answer) for answer in answers]
