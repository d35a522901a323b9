"""config/source_gate.yml: the rules of the gate, their limits and reasons; checked when read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scripts.lib.console import HealthError
from scripts.lib.findings import CONFIGURATION, ERROR, Finding
from scripts.lib.gate.records import ACTIONS, Number
from scripts.lib.settings import Settings
from scripts.lib.source_contract import LOADER, ContractTable, SourceContract

FILE = "config/source_gate.yml"
SHARE = ("share", "rows", "notice")
# Every rule and the limits that it knows; a rule without limits is passed or broken.
RULES: dict[str, tuple[str, ...]] = {
    "file_missing": (),
    "unreadable": (),
    "checksum": (),
    "bit_rot": (),
    "changed_while_read": (),
    "same_file_twice": (),
    "two_files": (),
    "unknown_file": (),
    "accepted_copy": (),
    "empty": (),
    "column_missing": (),
    "column_type": (),
    "column_gone": (),
    "column_added": (),
    "type_changed": (),
    "column_emptied": ("filled", "ratio", "rows"),
    "key_null": SHARE,
    "required_null": SHARE,
    "key_repeat": SHARE,
    "natural_repeat": SHARE,
    "unparsable": SHARE,
    "not_finite": SHARE,
    "out_of_range": SHARE,
    "enum_unknown": SHARE,
    "enum_other": SHARE,
    "orphan": SHARE,
    "date_order": SHARE,
    "future_event": (*SHARE, "hours"),
    "future_load": (*SHARE, "hours"),
    "ancient_event": SHARE,
    "event_after_load": (*SHARE, "hours"),
    "text_size": ("share", "rows", "characters"),
    "control_characters": ("share", "rows"),
    "volume": ("low", "high", "rows"),
    "daily_volume": ("low", "high", "rows", "days", "weeks"),
    "keys_lost": ("share", "rows"),
    "went_back": ("hours",),
    "median_shift": ("ratio", "rows"),
    "recent_shift": ("ratio", "rows", "days"),
    "share_shift": ("difference", "rows"),
    "lag_shift": ("hours", "rows"),
    "largest_value": ("ratio",),
    "changed_rows": ("days",),
    "freshness": (),
}
SECTIONS = (
    "sources", "rules", "overrides", "relations", "natural_keys", "date_orders", "names",
    "lasting_keys",
)  # fmt: skip
SOURCE_KEYS = ("max_age_hours", "required_fresh", "reason")
OVERRIDE_KEYS = ("rule", "table", "columns", "action", "limits", "reason")


@dataclass(frozen=True)
class Rule:
    """What a rule does, and from when on."""

    rule_id: str
    action: str
    limits: dict[str, Number]

    def limit(self, name: str) -> float:
        """A limit; none means that the rule is never passed by it."""
        return float(self.limits.get(name, 0))


@dataclass(frozen=True)
class Source:
    """How fresh a system must be."""

    max_age_hours: float
    is_required_fresh: bool


@dataclass(frozen=True)
class Override:
    """An exception for a table, or some of its columns."""

    rule: str
    table: str
    columns: tuple[str, ...]
    action: str | None
    limits: dict[str, Number]


@dataclass(frozen=True)
class GateConfig:
    """The whole file."""

    sources: dict[str, Source]
    rules: dict[str, Rule]
    overrides: tuple[Override, ...]
    relations: dict[str, str]
    natural_keys: dict[str, tuple[str, ...]]
    date_orders: dict[str, tuple[tuple[str, str], ...]]
    names: dict[str, tuple[str, ...]]
    lasting_keys: tuple[str, ...]

    def rule(self, rule_id: str, table: str | None = None, column: str | None = None) -> Rule:
        """The rule as it holds for a table and a column; the most special exception wins."""
        found = self.rules[rule_id]
        for override in sorted(self.overrides, key=lambda entry: bool(entry.columns)):
            fits = override.rule == rule_id and override.table == table
            if fits and (not override.columns or column in override.columns):
                action = override.action or found.action
                found = Rule(rule_id, action, {**found.limits, **override.limits})
        return found


def read_config(settings: Settings, tables: list[ContractTable] | None = None) -> GateConfig:
    """The checked file, or an error that names its first wrong entry."""
    tables = SourceContract(settings).tables if tables is None else tables
    wrong = check_gate_config(settings.root, tables)
    if wrong:
        raise HealthError(f"{wrong[0].place}: {wrong[0].message}", wrong[0].advice)
    document = yaml.load((settings.root / FILE).read_text(encoding="utf-8"), Loader=LOADER)
    return _built(document)


def _built(document: dict[str, Any]) -> GateConfig:
    def lists(section: str) -> dict[str, tuple[str, ...]]:
        return {name: tuple(columns) for name, columns in (document.get(section) or {}).items()}

    return GateConfig(
        sources={
            name: Source(float(entry["max_age_hours"]), bool(entry.get("required_fresh", False)))
            for name, entry in document["sources"].items()
        },
        rules={
            name: Rule(name, entry["action"], dict(entry.get("limits") or {}))
            for name, entry in document["rules"].items()
        },
        overrides=tuple(
            Override(
                entry["rule"],
                entry["table"],
                tuple(entry.get("columns") or ()),
                entry.get("action"),
                dict(entry.get("limits") or {}),
            )
            for entry in document.get("overrides") or []
        ),
        relations=dict(document.get("relations") or {}),
        natural_keys=lists("natural_keys"),
        date_orders={
            name: tuple((first, second) for first, second in pairs)
            for name, pairs in (document.get("date_orders") or {}).items()
        },
        names=lists("names"),
        lasting_keys=tuple(document.get("lasting_keys") or ()),
    )


@dataclass
class _Checker:
    """Collects what is wrong, each with its line."""

    lines: dict[str, int]
    columns: dict[str, set[str]]
    findings: list[Finding] = field(default_factory=list)

    def report(self, path: str, message: str, advice: str) -> None:
        while path and path not in self.lines:
            path = path.rpartition("/")[0]
        entry = path.replace("/", ".") or "the file"
        row = self.lines.get(path)
        self.findings.append(
            Finding(ERROR, CONFIGURATION, FILE, row, f"{entry}: {message}", advice)
        )

    def table(self, path: str, name: object) -> bool:
        if str(name) in self.columns:
            return True
        self.report(path, f"{name} is no table of the source contract", "Correct its name")
        return False

    def column(self, path: str, table: str, name: object) -> None:
        if table in self.columns and str(name) not in self.columns[table]:
            self.report(path, f"{table} has no column {name}", "Correct the column's name")

    def keys(self, path: str, entry: dict[str, Any], allowed: tuple[str, ...]) -> None:
        for name in entry:
            if name not in allowed:
                advice = f"Known are: {', '.join(allowed) or 'none'}"
                self.report(f"{path}/{name}", f"{name} is not known here", advice)

    def reason(self, path: str, entry: dict[str, Any]) -> None:
        if not str(entry.get("reason") or "").strip():
            self.report(path, "there is no reason", "Say why; who changes it later must know")

    def action(self, path: str, value: object) -> None:
        if value not in ACTIONS:
            advice = f"Use one of: {', '.join(ACTIONS)}"
            self.report(f"{path}/action", f"the action is {value!r}", advice)

    def limits(self, path: str, entry: dict[str, Any], allowed: tuple[str, ...]) -> None:
        limits = entry.get("limits") or {}
        self.keys(f"{path}/limits", limits, allowed)
        for name, value in limits.items():
            self.number(f"{path}/limits/{name}", value)

    def number(self, path: str, value: object) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
            self.report(path, f"{value!r} is no limit", "Give a number that is not negative")


def check_gate_config(root: Path, tables: list[ContractTable]) -> list[Finding]:
    """Everything that is wrong with the file; nothing when it can be used."""
    try:
        text = (root / FILE).read_text(encoding="utf-8")
        document = yaml.load(text, Loader=LOADER)
        lines = dict(_marked(yaml.compose(text, Loader=LOADER)))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0]
        advice = "Correct the file; nothing may be built without the gate"
        return [Finding(ERROR, CONFIGURATION, FILE, None, f"it cannot be read: {reason}", advice)]
    columns = {table.name: {column.name for column in table.columns} for table in tables}
    check = _Checker(lines, columns)
    if not isinstance(document, dict):
        check.report("", "it holds no sections", f"Give the sections {', '.join(SECTIONS)}")
        return check.findings
    check.keys("", document, SECTIONS)
    for section, kind in (("overrides", list), ("lasting_keys", list)):
        if not isinstance(document.get(section) or kind(), kind):
            check.report(section, "it is no list", "Begin each entry with a dash")
            document[section] = []
    for section in set(SECTIONS) - {"overrides", "lasting_keys"}:
        if not isinstance(document.get(section) or {}, dict):
            check.report(section, "it is no mapping", "Give each entry a name")
            document[section] = {}
    _check_sources(check, document.get("sources") or {}, {table.system for table in tables})
    _check_rules(check, document.get("rules") or {})
    _check_overrides(check, document.get("overrides") or [])
    _check_columns(check, document)
    return check.findings


def _check_sources(check: _Checker, sources: dict[str, Any], systems: set[str]) -> None:
    for name in sorted(systems - {"derived"} - set(sources)):
        check.report("sources", f"{name} is missing", "Say how fresh it must be")
    for name, entry in sources.items():
        path = f"sources/{name}"
        if name not in systems:
            check.report(path, "it is no system of the source contract", "Correct its name")
        entry = _mapping(check, path, entry)
        check.keys(path, entry, SOURCE_KEYS)
        check.number(f"{path}/max_age_hours", entry.get("max_age_hours"))
        check.reason(path, entry)


def _check_rules(check: _Checker, rules: dict[str, Any]) -> None:
    for name in RULES:
        if name not in rules:
            check.report("rules", f"the rule {name} is missing", "Add it with action and reason")
    for name, entry in rules.items():
        path = f"rules/{name}"
        if name not in RULES:
            check.report(path, "the rule is not known", f"Known are: {', '.join(RULES)}")
            continue
        entry = _mapping(check, path, entry)
        check.keys(path, entry, ("action", "limits", "reason"))
        check.action(path, entry.get("action"))
        check.limits(path, entry, RULES[name])
        for limit in RULES[name]:
            if limit not in (entry.get("limits") or {}):
                check.report(path, f"the limit {limit} is missing", "Give a number")
        check.reason(path, entry)


def _check_overrides(check: _Checker, overrides: list[Any]) -> None:
    for number, entry in enumerate(overrides):
        path = f"overrides/{number}"
        entry = _mapping(check, path, entry)
        check.keys(path, entry, OVERRIDE_KEYS)
        rule = entry.get("rule")
        if rule not in RULES:
            check.report(path, f"the rule {rule} is not known", f"Known are: {', '.join(RULES)}")
            continue
        if check.table(path, entry.get("table")):
            for column in entry.get("columns") or []:
                check.column(path, entry["table"], column)
        if "action" in entry:
            check.action(path, entry["action"])
        check.limits(path, entry, (*RULES[rule], *(("hours",) if rule == "freshness" else ())))
        check.reason(path, entry)


def _check_columns(check: _Checker, document: dict[str, Any]) -> None:
    for child, parent in (document.get("relations") or {}).items():
        for name in (child, parent):
            path = f"relations/{child}"
            table, _, column = str(name).rpartition(".")
            if check.table(path, table):
                check.column(path, table, column)
    for section in ("natural_keys", "names", "date_orders"):
        for table, entries in (document.get(section) or {}).items():
            path = f"{section}/{table}"
            if not isinstance(entries, list):
                check.report(path, "it is no list", "Give its columns in brackets")
                continue
            check.table(path, table)
            for entry in entries:
                pair = entry if section == "date_orders" and isinstance(entry, list) else [entry]
                if section == "date_orders" and len(pair) != 2:
                    check.report(path, "an entry is no pair", "Give two columns in brackets")
                for column in pair:
                    check.column(path, table, column)
    for number, table in enumerate(document.get("lasting_keys") or []):
        check.table(f"lasting_keys/{number}", table)


def _mapping(check: _Checker, path: str, entry: object) -> dict[str, Any]:
    if isinstance(entry, dict):
        return entry
    check.report(path, "it is no mapping", "Give its settings by name")
    return {}


def _marked(node: yaml.Node | None, path: str = "") -> Iterator[tuple[str, int]]:
    """Every entry of a YAML document with its line."""
    if node is None:
        return
    if path:
        yield path, node.start_mark.line + 1
    children: list[tuple[str, int, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        children = [(str(key.value), key.start_mark.line + 1, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        children = [(str(i), item.start_mark.line + 1, item) for i, item in enumerate(node.value)]
    for name, line, value in children:
        inner = f"{path}/{name}" if path else name
        yield from _marked(value, inner)
        yield inner, line
