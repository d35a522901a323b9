"""Rules about the columns of a table: missing, of another type, new, gone."""

from __future__ import annotations

from scripts.lib.gate.columns import Resolved, is_readable_type, resolve
from scripts.lib.gate.config import GateConfig
from scripts.lib.gate.judged import CHANGED, Judged
from scripts.lib.gate.records import WARN, GateFinding, TableProfile
from scripts.lib.gate.staging_sql import staging_family
from scripts.lib.source_contract import ContractTable

LONGEST_NAME = 60


def column_findings(
    config: GateConfig, table: ContractTable, raw_columns: dict[str, str], file: str
) -> list[GateFinding]:
    """Columns of one file that staging would refuse: missing, or of a type that cannot mean it."""
    judged = Judged(config, table, TableProfile(table.system, table.table, file, "", 0), {})
    resolved = resolve(table, raw_columns)
    findings = []
    for column in table.columns:
        found = resolved.get(column.name)
        if found is None:
            if column.is_required:
                findings.append(_missing(judged, column.name))
        elif not is_readable_type(found):
            findings.append(_wrong_type(judged, found))
    return findings


def _missing(table: Judged, column: str) -> GateFinding:
    return table.finding(
        table.rule("column_missing", column),
        f"the required column {column} of {table.table.name} is missing",
        f"Export it, or add its other name to its aliases in {table.table.contract_file}",
        column=column,
    )


def _wrong_type(table: Judged, found: Resolved) -> GateFinding:
    wanted = found.expected.data_type
    return table.finding(
        table.rule("column_type", found.name),
        f"column {found.name} of {table.table.name} is of the type"
        f" {_short(found.data_type)}, which cannot become {wanted}",
        f"Export it as {wanted}, or correct data_type in {table.table.contract_file}",
        column=found.name,
    )


def _short(data_type: str) -> str:
    """A type without the names of what is nested in it."""
    return data_type.split("(")[0]


def _plain(name: str) -> str:
    """A column's name as a message may show it."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:LONGEST_NAME]


def schema_findings(table: Judged) -> list[GateFinding]:
    """Columns that came, went or changed their type since the last accepted export."""
    if table.accepted is None:
        return []
    findings = []
    names = {column.raw for column in table.accepted.columns.values()}
    for name, before in table.accepted.columns.items():
        now = table.profile.columns.get(name)
        if now is None:
            rule = table.rule("column_gone", name)
            message = f"the optional column {name} of {table.table.name} is gone"
            findings.append(table.finding(rule, message, CHANGED, column=name))
        elif staging_family(now.data_type) != staging_family(before.data_type):
            message = (
                f"column {name} of {table.table.name} has become {_short(now.data_type)};"
                f" it was {_short(before.data_type)}"
            )
            rule = table.rule("type_changed", name)
            findings.append(table.finding(rule, message, CHANGED, column=name))
    known = set(table.accepted.raw_columns) | {c.raw for c in table.profile.columns.values()}
    for name in table.profile.raw_columns:
        if name not in known:
            message = (
                f"column {_plain(name)} of {table.table.name} is new, and no contract names it"
            )
            advice = f"Add it to {table.table.contract_file} if staging should read it"
            findings.append(table.finding(table.rule("column_added"), message, advice, column=name))
    for name in table.accepted.raw_columns:
        if name not in names and name not in table.profile.raw_columns:
            message = (
                f"column {_plain(name)} of {table.table.name} is gone; staging does not read it"
            )
            rule = table.rule("column_gone", name)
            findings.append(table.finding(rule, message, CHANGED, column=name, action=WARN))
    return findings
