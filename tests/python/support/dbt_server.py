"""Many builds for one parse: a child process that parses the project once and forks per build."""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parents[1]
COMMAND = [sys.executable, "-m", "scripts.lib.rare_gc", "support.dbt_server:serve"]
BUILD = ("build", "--exclude-resource-type", "test", "unit_test")
MESSAGE_LENGTH = 2000
MESSAGES = 20


class DbtServer:
    """Builds worlds one after the other; all of them lie at the same place while they are built.

    A second server of the same folder takes over what the first has parsed.
    """

    def __init__(self, folder: Path, project: Path = ROOT, **environment: str) -> None:
        self.raw_dir = folder / "raw"
        self.derived_dir = folder / "derived"
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        places = {
            "HEALTH_RAW_DIR": str(self.raw_dir),
            "HEALTH_DERIVED_DIR": str(self.derived_dir),
            "HEALTH_TEMP_DIR": str(folder / "spill"),
            "HEALTH_DB": str(folder / "health.duckdb"),
        }
        self.process = subprocess.Popen(
            [*COMMAND, str(folder / "target"), str(project)],
            cwd=ROOT,
            env=os.environ | places | environment | {"PYTHONPATH": str(TESTS)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def build(
        self,
        raw_dir: Path,
        derived_dir: Path,
        database: Path,
        *arguments: str,
        all_threads: bool = False,
        command: Sequence[str] = BUILD,
        **environment: str,
    ) -> None:
        """Build a database without tests; fail with the nodes' own messages.

        The engine has one thread unless a test is about more: it adds up in one order, so that two
        builds agree to the last bit, and on small companies threads are a fifth of its work.
        """
        faults = self.faults_of(
            raw_dir,
            derived_dir,
            database,
            *(*command, *arguments),
            all_threads=all_threads,
            **environment,
        )
        assert not faults, "\n".join(faults)

    def faults_of(
        self,
        raw_dir: Path,
        derived_dir: Path,
        database: Path,
        *arguments: str,
        all_threads: bool = False,
        **environment: str,
    ) -> list[str]:
        """Call dbt on a database; returns the messages of the nodes that failed."""
        for place, real in ((self.raw_dir, raw_dir), (self.derived_dir, derived_dir)):
            place.unlink(missing_ok=True)
            place.symlink_to(real)
        database.parent.mkdir(parents=True, exist_ok=True)
        request = {
            "arguments": arguments,
            "environment": {**environment, "HEALTH_DB": str(database)},
            "all_threads": all_threads,
        }
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "dbt ended without an answer"
        faults: list[str] = json.loads(answer)
        return faults

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()


def serve() -> None:
    """Parse, then answer each line of standard input with the faults of its build.

    The arguments are the target folder and the project.
    """
    from dbt.cli.main import dbtRunner

    from scripts.lib.dbt_process import tell_what_is_read

    target, project = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    common = ["--project-dir", project, "--profiles-dir", project, "--target-path", target]
    quiet = ["--log-level", "none", "--log-level-file", "none"]
    parsed = dbtRunner().invoke([*quiet, "parse", *common])
    # What is asked for is the database, and what went wrong comes with the results.
    quiet += ["--no-write-json", "--use-fast-test-edges"]
    tell_what_is_read()
    if parsed.result:
        _make_once(parsed.result)
    # What is parsed stays; no build looks through it for garbage.
    gc.freeze()
    for line in sys.stdin:
        # A fork takes the parsed project along and lets go of the database when it ends.
        reading, writing = os.pipe()
        if os.fork() == 0:
            try:
                faults = _run(parsed, [*quiet, *json.loads(line)["arguments"], *common], line)
            except BaseException:
                faults = [traceback.format_exc()]
            os.write(
                writing,
                json.dumps([fault[:MESSAGE_LENGTH] for fault in faults[:MESSAGES]]).encode(),
            )
            os._exit(0)
        os.close(writing)
        os.wait()
        with os.fdopen(reading) as faults_of_build:
            answers.write(faults_of_build.read() + "\n")
        answers.flush()


def _run(parsed: Any, arguments: list[str], line: str) -> list[str]:
    from dbt.cli.main import dbtRunner

    if parsed.exception or not parsed.result:
        return [f"the project does not parse: {parsed.exception}"]
    request = json.loads(line)
    os.environ.update(request["environment"])
    if not request["all_threads"]:
        _connect_with_one_thread()
    done = dbtRunner(manifest=parsed.result).invoke(arguments)
    if done.exception:
        return [str(done.exception)]
    return [
        f"{result.node.name}: {result.message}"
        for result in done.result
        if result.status in {"error", "fail", "runtime error"}
    ]


def _make_once(manifest: Any) -> None:
    """What each build would make for itself: the templates of macros, and the table of nothing."""
    from dbt_common.clients import agate_helper
    from dbt_common.clients.jinja import template_cache

    for macro in manifest.macros.values():
        template_cache.get_node_template(macro)
    nothing = agate_helper.empty_table()
    agate_helper.empty_table = lambda: nothing


def _connect_with_one_thread() -> None:
    import duckdb

    connect = duckdb.connect

    def one(path: str, *, read_only: bool, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        return connect(path, read_only=read_only, config={**config, "threads": 1})

    duckdb.connect = one
