"""The command line in this process, with its own places."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import Result
from typer.testing import CliRunner

from scripts.cli import app
from support.project_files import ROOT

MAX_WIDTH = 100


def health(*arguments: str, **places: Path | str) -> Result:
    """Run a command; `db=...` sets HEALTH_DB and so on."""
    environment = {f"HEALTH_{name.upper()}": str(value) for name, value in places.items()}
    result = CliRunner().invoke(app, list(arguments), env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def health_json(*arguments: str, **places: Path | str) -> Any:
    """Run a command with --json and read what it prints."""
    result = health(*arguments, "--json", **places)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def health_process(*arguments: str, **places: Path | str) -> subprocess.CompletedProcess[str]:
    """Run a command in its own process, as a person does."""
    environment = {f"HEALTH_{name.upper()}": str(value) for name, value in places.items()}
    return subprocess.run(
        [sys.executable, "-m", "scripts.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def widest(text: str) -> int:
    return max(map(len, text.splitlines()))
