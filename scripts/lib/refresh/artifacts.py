"""What dbt recorded of a run, as rows for the tables of operations; free of row values."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

# What an engine quotes in a message may be a value of a row: 'bob@...' or "...".
QUOTED = re.compile(r"'[^'\n]*'")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# A test names a row of a table by its key; the project's own files are not data.
ROW_KEY = re.compile(r"^(?!seeds/)(.*?, row ).*?(?=: )")
TESTS = ("test", "unit_test")


def scrubbed(text: str) -> str:
    """A message without what it quotes and without e-mail addresses."""
    return ADDRESS.sub("…", QUOTED.sub("'…'", text))


def scrubbed_fault(text: str) -> str:
    """What a test tells of a row, without the key of a row that came from outside."""
    return scrubbed(ROW_KEY.sub(r"\1…", text))


def scrub_results(results_file: Path) -> None:
    """Rewrite dbt's record of a run without the values in its messages."""
    try:
        document = json.loads(results_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for result in document.get("results", []):
        if result.get("message"):
            result["message"] = scrubbed(str(result["message"]))
    results_file.write_text(json.dumps(document), encoding="utf-8")


def node_rows(target_path: Path, run_id: str) -> list[dict[str, Any]]:
    """One row per node that ran: its layer, status, seconds and, of a test, its failures."""
    document = json.loads((target_path / "run_results.json").read_text(encoding="utf-8"))
    rows = []
    for result in document["results"]:
        kind, _, name = str(result["unique_id"]).split(".")[:3]
        relation = str(result.get("relation_name") or "")
        rows.append(
            {
                "run_id": run_id,
                "node_id": result["unique_id"],
                "node_name": name,
                "node_type": "test" if kind in TESTS else kind,
                "schema_name": relation.split(".")[-2].strip('"') if "." in relation else None,
                "status": result["status"],
                "failures": result.get("failures"),
                "execution_seconds": float(result.get("execution_time") or 0),
            }
        )
    return rows
