"""Incidents: from when to when a system was late, for the build and for people."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from dataclasses import asdict, replace
from pathlib import Path

import polars as pl

from scripts.lib.gate.records import BLOCK, GateFinding, Incident
from scripts.lib.refresh.places import Places

FILE = "incidents.json"
TABLE = "source_incidents.parquet"
COLUMNS = {
    "incident_id": pl.String,
    "system": pl.String,
    "rule_id": pl.String,
    "table_name": pl.String,
    "opened_on": pl.Date,
    "closed_on": pl.Date,
    "message": pl.String,
}


def opens_incident(finding: GateFinding) -> bool:
    """Whether a finding makes its system late."""
    return finding.action == BLOCK or finding.rule_id == "freshness"


def read_incidents(places: Places) -> list[Incident]:
    """Every incident so far."""
    path = places.state_dir / FILE
    if not path.is_file():
        return []
    return [
        Incident(
            **(
                entry
                | {
                    name: dt.date.fromisoformat(entry[name]) if entry[name] else None
                    for name in ("opened_on", "closed_on")
                }
            )
        )
        for entry in json.loads(path.read_text(encoding="utf-8"))
    ]


def update_incidents(
    incidents: list[Incident], findings: list[GateFinding], as_of: dt.date
) -> list[Incident]:
    """Open what is new, close what no finding holds open any more."""
    current = {
        (finding.system, finding.rule_id, finding.table): finding
        for finding in findings
        if opens_incident(finding)
    }
    updated = []
    for incident in incidents:
        key = (incident.system, incident.rule_id, incident.table_name)
        if incident.closed_on is None and current.pop(key, None) is None:
            incident = replace(incident, closed_on=as_of)
        updated.append(incident)
    for (system, rule_id, table), finding in current.items():
        name = f"{system}|{rule_id}|{table}|{as_of.isoformat()}"
        incident_id = hashlib.sha256(name.encode()).hexdigest()[:12]
        opened = Incident(incident_id, system, rule_id, table, as_of, None, finding.message)
        updated = [row for row in updated if row.incident_id != incident_id]
        updated.append(opened)
    return updated


def write_incidents(places: Places, incidents: list[Incident]) -> None:
    """For the next run as JSON, for the build as a table."""
    rows = [asdict(incident) for incident in incidents]
    path = places.state_dir / FILE
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(rows, default=str, indent=1), encoding="utf-8")
    os.replace(part, path)
    places.derived_dir.mkdir(parents=True, exist_ok=True)
    _write_table(places.derived_dir / TABLE, rows)


def _write_table(path: Path, rows: list[dict[str, object]]) -> None:
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    part = path.with_name(path.name + ".part")
    pl.DataFrame(columns, schema=COLUMNS).write_parquet(part)
    os.replace(part, path)
