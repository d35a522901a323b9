"""The doctor: everything that can be known to be wrong before a build begins."""

from __future__ import annotations

import datetime as dt
import os

import yaml

from scripts.lib.doctor.actions import check_actions
from scripts.lib.doctor.cards import check_cards
from scripts.lib.doctor.exports import check_exports
from scripts.lib.doctor.governance import check_governance
from scripts.lib.doctor.hierarchy import check_hierarchy
from scripts.lib.doctor.model import check_model
from scripts.lib.doctor.overrides import check_overrides
from scripts.lib.doctor.raw import check_raw
from scripts.lib.doctor.seed_contracts import check_seed_contracts
from scripts.lib.doctor.value import check_value
from scripts.lib.findings import CONFIGURATION, DATA, ERROR, Finding
from scripts.lib.gate.config import check_gate_config
from scripts.lib.settings import PROJECT_ROOT, Settings, project_vars
from scripts.lib.source_contract import SourceContract
from scripts.lib.var_rules import advice, is_allowed, read_rules

__all__ = ["CONFIGURATION", "DATA", "Finding", "check_vars", "examine"]

PROJECT_FILE = "dbt_project.yml"


def examine(settings: Settings) -> list[Finding]:
    """Every finding, errors first, in the order of the files."""
    findings = [*check_vars(settings)]
    if not findings:
        tables = SourceContract(settings).tables
        findings += [
            *check_model(settings.root),
            *check_cards(settings.root),
            *check_governance(settings.root, _as_of(settings)),
            *check_actions(settings.root),
            *check_value(settings.root),
            *check_exports(settings.root),
        ]
        findings += [
            *check_seed_contracts(settings.root, findings),
            *check_gate_config(settings.root, tables),
            *check_raw(settings),
            *check_hierarchy(settings),
            *check_overrides(settings),
        ]
    return sorted(findings, key=lambda finding: finding.severity != ERROR)


def _as_of(settings: Settings) -> dt.date:
    """The scoring date of the next build."""
    given = settings.as_of_date or project_vars(settings.root)["as_of_date"]
    return given if isinstance(given, dt.date) else dt.date.fromisoformat(str(given))


def check_vars(settings: Settings) -> list[Finding]:
    """The vars that a run depends on."""
    try:
        found = project_vars(settings.root)
    except (OSError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0]
        return [_project(f"the file cannot be read: {reason}", "Correct the file")]
    findings = []
    for name, rule in read_rules(PROJECT_ROOT).items():
        value, where = found.get(name), f"vars.{name}"
        given = os.environ.get(str(rule.get("environment")))
        if given:
            value, where = given, str(rule["environment"])
        if rule["type"] == "date":
            if name == "as_of_date" and settings.as_of_date is not None:
                continue
            if not is_allowed(rule, value):
                findings.append(_project(f"{where} is not a date: {value}", advice(rule)))
        elif not is_allowed(rule, value):
            findings.append(_project(f"{where} is {value!r}", advice(rule)))
    return findings


def _project(message: str, advice: str) -> Finding:
    return Finding(ERROR, CONFIGURATION, PROJECT_FILE, None, message, advice)
