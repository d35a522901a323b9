"""Rules about the rows of one export: too many that break a rule, or none at all."""

from __future__ import annotations

from scripts.lib.gate.config import Rule
from scripts.lib.gate.judged import CHANGED, EXPORT, SET_ASIDE, Judged
from scripts.lib.gate.records import WARN, Check, GateFinding

HALF = 0.5
# What a share of rows is said to be, and what to do about it.
SHARE_TEXTS: dict[str, tuple[str, str]] = {
    "key_null": ("have no key", SET_ASIDE),
    "required_null": ("have no value, which is required", SET_ASIDE),
    "key_repeat": ("repeat the key and load time of another row", EXPORT),
    "natural_repeat": ("repeat the content of another row under a new id", EXPORT),
    "unparsable": ("cannot be read as the type of the contract", SET_ASIDE),
    "not_finite": ("are NaN or infinite", "Staging reads them as missing; correct the source"),
    "out_of_range": ("are outside the range of the contract", SET_ASIDE),
    "enum_unknown": (
        "are of a kind that no mapping knows",
        "Add the new spellings to seeds/mappings/enum_mappings.csv",
    ),
    "enum_other": (
        "are counted as other",
        "Add the new spellings to seeds/mappings/enum_mappings.csv",
    ),
    "date_order": ("lie before the date that they should follow", CHANGED),
    "future_event": ("lie after this run began", SET_ASIDE),
    "future_load": ("were loaded after this run began", "Correct the clock of the loader"),
    "ancient_event": ("lie before source_epoch_floor", SET_ASIDE),
    "event_after_load": ("happened after they were loaded", "Export times in UTC"),
    "text_size": ("hold a text that is far too long", "Cut the text in the export"),
    "control_characters": ("hold control or direction signs", "Clean the names in the source"),
}


def empty_findings(table: Judged) -> list[GateFinding]:
    """A table without rows: harmless where it never had any."""
    had_rows = table.accepted is not None and table.accepted.rows > 0
    rule = table.rule("empty")
    action = rule.action if had_rows or table.table.is_required else WARN
    return [table.finding(rule, f"{table.table.name} has no rows", EXPORT, action=action)]


def share_findings(table: Judged) -> list[GateFinding]:
    """Rules about rows: too many block, a few are told."""
    findings = []
    for key, check in table.profile.checks.items():
        rule_id, _, column = key.partition("|")
        found = share_finding(table, table.rule(rule_id, column or None), check, column or None)
        if found:
            findings.append(found)
    return findings


def passes(rule: Rule, check: Check) -> bool:
    """Whether so many values break a rule that it acts."""
    many = check.share > rule.limit("share") and check.bad >= rule.limit("rows")
    return bool(check.bad) and (many or check.share > HALF)


def share_finding(
    table: Judged, rule: Rule, check: Check, column: str | None
) -> GateFinding | None:
    """The finding of one rule about rows, or nothing."""
    if not check.bad:
        return None
    acts = passes(rule, check)
    if not acts and check.share <= rule.limit("notice"):
        return None
    what, advice = SHARE_TEXTS[rule.rule_id]
    place = f"column {column} of {table.table.name}" if column else table.table.name
    message = (
        f"{place}: {check.bad:,} of {check.base:,} values {what}"
        f" ({check.share:.2%}; limit {rule.limit('share'):.2%})"
    )
    action = rule.action if acts else WARN
    return table.finding(rule, message, advice, column=column, check=check, action=action)
