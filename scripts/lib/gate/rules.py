"""The rules as pure functions: profiles in, findings out. No value of any row is ever named."""

from __future__ import annotations

from scripts.lib.gate.judged import Judged
from scripts.lib.gate.records import GateFinding
from scripts.lib.gate.row_rules import empty_findings, share_findings
from scripts.lib.gate.schema_rules import schema_findings
from scripts.lib.gate.shift_rules import (
    changed_findings,
    day_findings,
    emptied_findings,
    time_findings,
    value_findings,
    volume_findings,
)


def judge(table: Judged) -> list[GateFinding]:
    """Everything that the rules find in one table by itself and against its history."""
    if table.profile.rows == 0:
        return [*schema_findings(table), *empty_findings(table)]
    return [
        *schema_findings(table),
        *share_findings(table),
        *emptied_findings(table),
        *volume_findings(table),
        *day_findings(table),
        *time_findings(table),
        *value_findings(table),
        *changed_findings(table),
    ]
