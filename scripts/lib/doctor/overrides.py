"""Checks of overrides: the rules in their seeds, and the entries of the ledger by file and row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from scripts.lib.console import HealthError
from scripts.lib.findings import DATA, ERROR, WARNING, Finding, Seed, read_seed
from scripts.lib.overrides.ledger import read_ledger
from scripts.lib.overrides.rules import FOLDER, Rules, judge, read_rules
from scripts.lib.settings import Settings, project_vars

KEYS = {
    "override_settings": ("override_version",),
    "override_kinds": ("override_kind",),
    "override_reasons": ("reason_code",),
    "override_roles": ("role_id",),
    "override_faults": ("fault_id",),
    "override_outcome_objectives": ("objective_id",),
}
KINDS = ("delta", "cap", "floor", "value")
FLAGS = ("is_published", "may_write", "may_approve", "is_director")
# Numbers that must stand, each with the lowest that makes sense.
NUMBERS = {
    "override_settings": {
        "longest_days": 1,
        "renewal_watch_days": 0,
        "repeat_gap_days": 0,
        "arr_share_alert": 0,
    },
    "override_kinds": {"lowest_amount": -100, "highest_amount": 0},
    "override_faults": {"fault_rank": 1},
}
TEXTS = {
    "override_reasons": ("reason_name", "description"),
    "override_faults": ("meaning", "advice"),
}


def check_overrides(settings: Settings) -> list[Finding]:
    """Every finding about the rules, and where those can be used, about the ledger."""
    findings = check_rules(settings.root)
    if any(finding.severity == ERROR for finding in findings):
        return findings
    try:
        rules = read_rules(settings.root)
        return [*findings, *_check_ledger(settings, rules)]
    except HealthError as error:
        place = str(settings.raw_dir / "decisions")
        return [*findings, Finding(ERROR, DATA, place, None, error.message, error.advice)]


def check_rules(root: Path) -> list[Finding]:
    """Every finding about the seeds of the rules."""
    seeds = {name: read_seed(root, f"{FOLDER}/{name}.csv", keys) for name, keys in KEYS.items()}
    for name, seed in seeds.items():
        for values, rows in seed.groups(*KEYS[name]).items():
            for row in rows[1:]:
                seed.report(
                    row,
                    f"{', '.join(KEYS[name])} = {', '.join(values)} stands already on row"
                    f" {rows[0].line}",
                    "Remove one of the two rows",
                )
        _check_values(name, seed)
    settings, kinds, roles = (
        seeds[name] for name in ("override_settings", "override_kinds", "override_roles")
    )
    published = [row for row in settings.rows if row["is_published"] == "true"]
    if settings.rows and len(published) != 1:
        settings.report(None, f"{len(published)} versions are published", "Publish exactly one")
    for row in kinds.rows:
        if row["override_kind"] not in KINDS:
            kinds.report(
                row,
                f"unknown kind {row['override_kind']}",
                f"Use one of: {', '.join(KINDS)}; each is an expression in SQL",
            )
    if roles.rows and not any(
        row["may_approve"] == row["is_director"] == "true" for row in roles.rows
    ):
        roles.report(None, "no director may approve", "Give one role both")
    return [finding for seed in seeds.values() for finding in seed.findings]


def _check_values(name: str, seed: Seed) -> None:
    for row in seed.rows:
        key = row[KEYS[name][0]]
        for column, least in NUMBERS.get(name, {}).items():
            number = row.number(column)
            if number is None or number < least:
                seed.report(
                    row, f"{key} has {column} {row[column]!r}", f"Write a number from {least} on"
                )
        for column in TEXTS.get(name, ()):
            if not row[column]:
                seed.report(row, f"{key} has no {column}", f"Fill in {column}")
        for column in FLAGS:
            if column in seed.columns and row[column] not in ("true", "false"):
                seed.report(row, f"{key} has {column} {row[column]!r}", "Write true or false")


def _check_ledger(settings: Settings, rules: Rules) -> list[Finding]:
    """Entries that are not complete are errors; those that break a rule never act."""
    ledger = read_ledger(settings, rules.clock)
    findings = [
        Finding(
            ERROR,
            DATA,
            row.file,
            row.row,
            f"{row.table} {row.key or 'without a key'}: {row.reason.replace('_', ' ', 1)}",
            "Take the row out and write it again with `health override add`; it never acts",
        )
        for row in ledger.broken
    ]
    on = settings.as_of_date or dt.date.fromisoformat(
        str(project_vars(settings.root)["as_of_date"])
    )
    for verdict in judge(ledger.entries, rules):
        entry = verdict.entry
        if verdict.is_valid or entry.ends_on <= on:
            continue
        meaning, advice = rules.faults[verdict.faults[0]][1:]
        told = meaning[0].lower() + meaning[1:]
        other = f" ({verdict.other_id})" if verdict.other_id else ""
        findings.append(
            Finding(
                WARNING,
                DATA,
                entry.file,
                entry.row,
                f"override {entry.override_id} never acts: {told}{other}",
                f"{advice} (mon_invalid_overrides)",
            )
        )
    return findings
