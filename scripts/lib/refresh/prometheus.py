"""Figures of the last run as a Prometheus text file, for the node exporter's collector."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from scripts.lib.refresh.run import PUBLISHED

PREFIX = "account_health_refresh_"


def write_figures(path: Path, history: list[dict[str, Any]]) -> None:
    """Replace the file in one step; the collector never reads a half-written one."""
    beside = path.with_name(f".{path.name}")
    beside.write_text(figures(history), encoding="utf-8")
    os.replace(beside, path)


def figures(history: list[dict[str, Any]]) -> str:
    """The text, from the journal's entries, oldest first."""
    import datetime as dt

    def moment(text: str) -> float:
        return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()

    last = history[-1]
    published = [entry for entry in history if entry["status"] == PUBLISHED]
    gauges: list[tuple[str, str, float]] = [
        ("last_run_timestamp_seconds", "End of the last run.", moment(last["ended_at"])),
        ("last_exit_code", "Exit code of the last run.", last["exit_code"]),
        ("last_duration_seconds", "Length of the last run.", sum(last["seconds"].values())),
        ("last_rejected_rows", "Raw rows set aside by the last run.", last["rejected_rows"]),
        ("last_failed_nodes", "Nodes that failed in the last run.", len(last["failed_nodes"])),
        (
            "blocked_sources",
            "Systems whose last good data are carried.",
            sum(1 for decision in last["sources"].values() if decision == "carried"),
        ),
    ]
    if published:
        newest = published[-1]
        gauges += [
            (
                "last_success_timestamp_seconds",
                "End of the last run that published.",
                moment(newest["ended_at"]),
            ),
            ("published_rows", "Rows of the published version.", newest["published_rows"]),
        ]
    lines = []
    for name, text, value in gauges:
        lines += [
            f"# HELP {PREFIX}{name} {text}",
            f"# TYPE {PREFIX}{name} gauge",
            f"{PREFIX}{name} {value:.15g}",
        ]
    return "\n".join(lines) + "\n"
