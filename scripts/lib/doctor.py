"""The doctor: everything that can be known to be wrong before a build begins."""

from __future__ import annotations

import datetime as dt
import os
import zoneinfo

import yaml

from scripts.lib.doctor_model import check_model
from scripts.lib.doctor_raw import check_raw
from scripts.lib.findings import CONFIGURATION, DATA, ERROR, Finding
from scripts.lib.settings import Settings, project_vars

__all__ = ["CONFIGURATION", "DATA", "Finding", "check_vars", "examine"]

PROJECT_FILE = "dbt_project.yml"
CHOICES = {"spine_grain": ("week", "month"), "source_format": ("parquet", "csv")}
LEAST = {"history_periods": 1, "ingestion_grace_hours": 0, "churn_gap_days": 0}


def examine(settings: Settings) -> list[Finding]:
    """Every finding, errors first, in the order of the files."""
    findings = [*check_vars(settings)]
    if not findings:
        findings += [*check_model(settings.root), *check_raw(settings)]
    return sorted(findings, key=lambda finding: finding.severity != ERROR)


def check_vars(settings: Settings) -> list[Finding]:
    """The vars that a run depends on."""
    try:
        found = project_vars(settings.root)
    except (OSError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0]
        return [_project(f"the file cannot be read: {reason}", "Correct the file")]
    findings = []
    as_of = os.environ.get("HEALTH_AS_OF_DATE") or str(found.get("as_of_date"))
    if settings.as_of_date is None and not _is_date(as_of):
        where = "HEALTH_AS_OF_DATE" if os.environ.get("HEALTH_AS_OF_DATE") else "vars.as_of_date"
        findings.append(_project(f"{where} is not a date: {as_of}", "Give a date like 2025-12-31"))
    for name, allowed in (
        ("spine_grain", ("week", "month")),
        ("source_format", ("parquet", "csv")),
    ):
        if str(found.get(name)) not in allowed:
            findings.append(
                _project(f"vars.{name} is {found.get(name)!r}", f"Use one of: {', '.join(allowed)}")
            )
    for name, least in (
        ("history_periods", 1),
        ("ingestion_grace_hours", 0),
        ("churn_gap_days", 0),
    ):
        value = found.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            findings.append(
                _project(f"vars.{name} is {value!r}", f"Give a whole number of {least} or more")
            )
    zone = str(found.get("reporting_time_zone"))
    if zone not in zoneinfo.available_timezones() | {"UTC"}:
        findings.append(
            _project(f"vars.reporting_time_zone is {zone!r}", "Use a name like UTC or Europe/Paris")
        )
    return findings


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _project(message: str, advice: str) -> Finding:
    return Finding(ERROR, CONFIGURATION, PROJECT_FILE, None, message, advice)
