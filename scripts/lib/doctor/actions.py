"""Checks of the playbooks: owner, deadline, exit rule, and conditions that can hold."""

from __future__ import annotations

from pathlib import Path

from scripts.lib.findings import Finding, Seed, read_seed

FOLDER = "seeds/action_model"
KEYS = {
    "attention_classes": ("attention_class",),
    "owner_roles": ("owner_role",),
    "saveabilities": ("saveability_group",),
    "playbooks": ("play_id",),
    "playbook_conditions": ("play_id", "alternative", "condition_number"),
}
# Columns of a play that may not be empty, and the seed that must know the value.
PLAY_COLUMNS = {
    "owner_role": "owner_roles",
    "attention_class": "attention_classes",
    "saveability_group": "saveabilities",
    "deadline_days": None,
    "effort_hours": None,
    "exit_rule": None,
    "expected_effect": None,
    "driver_objective_id": None,
    "driver_kind": None,
}
DRIVER_KINDS = ("negative", "positive", "unknown")
COMPARISONS = {"at_least": "number_value", "below": "number_value", "is": "text_value"}


def check_actions(root: Path) -> list[Finding]:
    """Every finding about the playbooks of a project."""
    seeds = {name: read_seed(root, f"{FOLDER}/{name}.csv", keys) for name, keys in KEYS.items()}
    for name, keys in KEYS.items():
        for values, rows in seeds[name].groups(*keys).items():
            for row in rows[1:]:
                seeds[name].report(
                    row,
                    f"{', '.join(keys)} = {', '.join(values)} stands already on row {rows[0].line}",
                    "Remove one of the two rows",
                )
    _check_playbooks(seeds)
    _check_conditions(seeds["playbook_conditions"], seeds["playbooks"])
    return [finding for seed in seeds.values() for finding in seed.findings]


def _check_playbooks(seeds: dict[str, Seed]) -> None:
    playbooks = seeds["playbooks"]
    called = seeds["playbook_conditions"].values("play_id")
    for row in playbooks.rows:
        play = row["play_id"]
        for column, names in PLAY_COLUMNS.items():
            if not row[column]:
                playbooks.report(row, f"play {play} has no {column}", f"Fill in {column}")
            elif names and row[column] not in seeds[names].values(KEYS[names][0]):
                playbooks.report(
                    row,
                    f"play {play} names the unknown {column} {row[column]}",
                    f"Use one of {names}.csv",
                )
        if row["driver_kind"] and row["driver_kind"] not in DRIVER_KINDS:
            playbooks.report(
                row,
                f"play {play} has driver_kind {row['driver_kind']}",
                f"Use one of: {', '.join(DRIVER_KINDS)}",
            )
        for column in ("deadline_days", "effort_hours"):
            number = row.number(column)
            if row[column] and (number is None or number < 0):
                playbooks.report(
                    row, f"play {play} has {column} {row[column]}", "Write a number of 0 or more"
                )
        if play not in called:
            playbooks.report(
                row,
                f"play {play} has no condition and is never called",
                "Add its conditions to playbook_conditions.csv",
            )


def _check_conditions(conditions: Seed, playbooks: Seed) -> None:
    for row in conditions.rows:
        place = f"condition {row['condition_number']} of play {row['play_id']}"
        if row["play_id"] not in playbooks.values("play_id"):
            conditions.report(row, f"{place}: there is no such play", "Correct play_id")
        value = COMPARISONS.get(row["comparison"])
        if value is None:
            conditions.report(
                row,
                f"{place}: unknown comparison {row['comparison']}",
                f"Use one of: {', '.join(COMPARISONS)}",
            )
        elif not row[value] or (value == "number_value" and row.number(value) is None):
            conditions.report(
                row, f"{place}: {row['comparison']} needs a {value}", f"Fill in {value}"
            )
