"""dbt as a child process: its JSON log becomes events, its results become failures to show."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

BAD_STATUSES = frozenset({"error", "fail", "runtime error", "partial success"})
RESULT_EVENTS = frozenset(
    {
        "LogModelResult",
        "LogSeedResult",
        "LogSnapshotResult",
        "LogTestResult",
        "LogNodeResult",
        "LogFunctionResult",
    }
)
GRACE_SECONDS = 5.0
# How every child of this project starts dbt.
# The edges between tests and later models, found the fast way: the same order with a tenth of them.
DBT = (sys.executable, "-m", "scripts.lib.dbt_process", "--use-fast-test-edges")
SKIP_EVENTS = frozenset({"SkippingDetails", "LogSkipBecauseError"})
TOLD_EVENT = "JinjaLogInfo"


@dataclass(frozen=True)
class Event:
    """One step of a run: a node that began or ended."""

    kind: str  # total, start, end or skip
    node: str
    resource: str
    status: str
    total: int


@dataclass(frozen=True)
class Failure:
    """One node that failed, with its own message."""

    node: str
    resource: str
    status: str
    message: str
    path: str = ""
    told: tuple[str, ...] = ()  # what a test that was written to tells its rows said of them


@dataclass
class Outcome:
    """What a run did."""

    return_code: int
    counts: dict[str, int] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    skipped: int = 0
    errors: list[str] = field(default_factory=list)
    node_total: int = 0


def parse_event(line: str) -> tuple[Event | None, str | None]:
    """Read one line of dbt's JSON log: an event, or the text of an error, or neither."""
    try:
        record = json.loads(line)
        info, data = record["info"], record["data"]
    except (ValueError, KeyError, TypeError):
        return None, None
    name = info.get("name", "")
    node = data.get("node_info") or {}
    unique_id = str(node.get("unique_id") or "")
    resource = str(node.get("resource_type") or "").replace("unit_test", "test")
    if name == "ConcurrencyLine":
        return Event("total", "", "", "", int(data["node_count"])), None
    if name == "LogStartLine":
        return Event("start", unique_id, resource, "", 0), None
    if name in RESULT_EVENTS:
        status = str(data.get("status") or node.get("node_status") or "").lower()
        return Event("end", unique_id, resource, status, 0), None
    if name in SKIP_EVENTS:
        return Event("skip", unique_id, resource, "skipped", 0), None
    if name == "MainEncounteredError":
        return None, str(data.get("exc") or info.get("msg") or "")
    return None, None


def parse_told(line: str) -> tuple[str, str] | None:
    """What the macro tell_faults says after a run: the failed test, and a fault in words."""
    if TOLD_EVENT not in line:
        return None
    try:
        record = json.loads(line)
        is_told = record["info"]["name"] == TOLD_EVENT
        test, separator, fault = str(record["data"]["msg"]).partition(": ")
    except (ValueError, KeyError, TypeError):
        return None
    return (test, fault) if is_told and separator else None


def run_dbt(
    arguments: Sequence[str],
    *,
    root: Path,
    environment: Mapping[str, str],
    target_path: Path,
    on_event: Callable[[Event], None] = lambda event: None,
    inherited: Sequence[int] = (),
) -> Outcome:
    """Run dbt in a child process, so that the database file is free again when it ends."""
    results_file = target_path / "run_results.json"
    results_file.unlink(missing_ok=True)
    command = [
        *DBT,
        *("--log-format", "json", "--log-level", "info", "--log-level-file", "none"),
        *arguments,
        *("--project-dir", str(root), "--profiles-dir", str(root)),
        *("--target-path", str(target_path)),
    ]
    outcome = Outcome(return_code=0)
    told: dict[str, list[str]] = {}
    unread: list[str] = []
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as stderr,
        subprocess.Popen(
            command,
            cwd=root,
            env=dict(environment),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
            pass_fds=tuple(inherited),
        ) as process,
    ):
        assert process.stdout is not None
        try:
            for line in process.stdout:
                event, error = parse_event(line)
                if error:
                    outcome.errors.append(tidy(error))
                if (fault := parse_told(line)) is not None:
                    told.setdefault(fault[0], []).append(fault[1])
                if event is None:
                    if not line.startswith("{"):
                        unread.append(line.rstrip())
                    continue
                outcome.node_total = max(outcome.node_total, event.total)
                if event.kind == "end":
                    outcome.counts[event.resource] = outcome.counts.get(event.resource, 0) + 1
                on_event(event)
        except BaseException:
            _end(process)
            raise
        outcome.return_code = process.wait()
        stderr.seek(0)
        unread += [line for line in stderr.read().splitlines() if line.strip()]
    failures, outcome.skipped = read_failures(results_file)
    outcome.failures = [
        replace(failure, told=tuple(told.get(failure.node, ()))) for failure in failures
    ]
    if outcome.return_code and not outcome.failures and not outcome.errors and unread:
        outcome.errors.append(unread[-1])
    return outcome


def _end(process: subprocess.Popen[str]) -> None:
    """Leave no dbt behind that would go on writing; it gets a moment to end by itself."""
    process.terminate()
    try:
        process.wait(timeout=GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def read_failures(results_file: Path) -> tuple[list[Failure], int]:
    """The failed nodes of a run and the number of skipped ones, from dbt's own record."""
    try:
        results = json.loads(results_file.read_text(encoding="utf-8"))["results"]
    except (OSError, ValueError, KeyError):
        return [], 0
    failures = []
    for result in results:
        if str(result.get("status")) in BAD_STATUSES:
            unique_id = str(result["unique_id"])
            failures.append(
                Failure(
                    node=short_name(unique_id),
                    resource=_resource(unique_id),
                    status=str(result["status"]),
                    message=tidy(str(result.get("message") or "")),
                )
            )
    return failures, sum(1 for result in results if result.get("status") == "skipped")


def short_name(unique_id: str) -> str:
    """A node's name without the project, and without a generic test's hash."""
    parts = unique_id.split(".")
    return parts[2] if len(parts) > 2 else unique_id


def _resource(unique_id: str) -> str:
    return unique_id.split(".", 1)[0]


def tidy(message: str) -> str:
    """A message without dbt's frame: no empty lines, no traceback, no compiled-code pointer."""
    kept = []
    for line in message.splitlines():
        text = line.strip()
        if not text or text.startswith(("Traceback", "compiled code at", "> in macro", "> called")):
            continue
        kept.append(text)
    return "\n".join(kept)


def load_json(path: Path) -> dict[str, Any]:
    """A JSON document, or an empty one when the file is not there."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return document if isinstance(document, dict) else {}
