"""Notifications by Apprise, which is an optional extra; never a value of a row in a message."""

from __future__ import annotations

import importlib
import os

from scripts.lib.console import HealthError
from scripts.lib.refresh.run import PUBLISHED, Run

URLS = "HEALTH_NOTIFY_URLS"
WHEN = "HEALTH_NOTIFY_ON"  # all, or problems (the default)


def check_notifications() -> None:
    """Find out before the run, not after it, that nobody could be told."""
    if not os.environ.get(URLS):
        return
    try:
        importlib.import_module("apprise")
    except ImportError:
        raise HealthError(
            f"{URLS} is set, but Apprise is not installed.",
            "Install the extra: pip install --require-hashes -r requirements-extras.txt",
        ) from None


def notify(run: Run) -> bool:
    """Tell the configured services what came of a run; returns whether all were reached."""
    urls = os.environ.get(URLS, "").split()
    is_quiet = run.status == PUBLISHED and not run.warnings
    if not urls or (is_quiet and os.environ.get(WHEN, "problems") != "all"):
        return True
    apprise = importlib.import_module("apprise")
    service = apprise.Apprise()
    for url in urls:
        service.add(url)
    return bool(service.notify(title=title(run), body=body(run)))


def title(run: Run) -> str:
    """One line that says whether anybody must act."""
    return f"Account health {run.as_of_date}: {run.status}"


def body(run: Run) -> str:
    """Names and counts only: the names of nodes and systems, never what a row holds."""
    lines = [f"Run {run.run_id}, exit code {run.exit_code}, stopped at: {run.step}."]
    if run.status == PUBLISHED:
        lines = [f"Run {run.run_id} is published; {run.published_rows:,} rows for readers."]
    carried = sorted(name for name, decision in run.sources.items() if decision == "carried")
    if carried:
        lines.append(f"Last good data are carried for: {', '.join(carried)}.")
    if run.failed_nodes:
        lines.append(f"Failed: {', '.join(run.failed_nodes[:10])}.")
    lines += run.warnings[:10]
    return "\n".join(lines)
