"""One table of an export and what it is compared with; a rule takes it and gives findings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from scripts.lib.gate.config import GateConfig, Rule
from scripts.lib.gate.history import Entry
from scripts.lib.gate.records import Check, GateFinding, Partitions, TableProfile
from scripts.lib.source_contract import ContractTable

EXPORT = "Export the table again; the next run takes it by itself"
SET_ASIDE = "Staging sets these rows aside; correct them in the source, or raise the limit"
CHANGED = "Export it as before, or raise the rule's limit in config/source_gate.yml if this is real"


@dataclass(frozen=True)
class Judged:
    """One table of an export, with all that it is compared with."""

    config: GateConfig
    table: ContractTable
    profile: TableProfile
    partitions: Partitions
    accepted: TableProfile | None = None
    accepted_partitions: Partitions = field(default_factory=dict)
    history: list[Entry] = field(default_factory=list)
    as_of: dt.date = dt.date.min
    reference: dt.datetime = dt.datetime.min

    def rule(self, rule_id: str, column: str | None = None) -> Rule:
        """The rule as it holds for this table."""
        return self.config.rule(rule_id, self.table.name, column)

    def finding(
        self,
        rule: Rule,
        message: str,
        advice: str,
        *,
        column: str | None = None,
        check: Check | None = None,
        action: str | None = None,
        row_count: int = 0,
    ) -> GateFinding:
        """A finding about this table."""
        return GateFinding(
            rule_id=rule.rule_id,
            action=action or rule.action,
            system=self.table.system,
            table=self.table.table,
            column=column,
            file=self.profile.file,
            row_count=check.bad if check else row_count,
            first_rows=check.first_rows if check else (),
            message=message,
            advice=advice,
        )
