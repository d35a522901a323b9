"""What each var may be, read from the macro that dbt reads it from."""

from __future__ import annotations

import ast
import datetime as dt
import re
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RULES_FILE = Path("macros/project/setting_rules.sql")
LITERAL = re.compile(r"return\((\{.*\})\)", re.DOTALL)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CURRENCY = re.compile(r"[a-z]{3}")

Rule = Mapping[str, Any]


def read_rules(root: Path) -> dict[str, Rule]:
    """The rules by var; the macro holds them as plain literals."""
    found = LITERAL.search((root / RULES_FILE).read_text(encoding="utf-8"))
    assert found is not None, f"{RULES_FILE} holds no literal"
    rules: dict[str, Rule] = ast.literal_eval(found[1])
    return rules


def is_allowed(rule: Rule, value: object) -> bool:
    """Whether a value has the type and range of its var's rule; the macro judges alike."""
    kind = rule["type"]
    if kind == "choice":
        return value in rule["one_of"]
    if kind == "date":
        return _is_date(str(value)) and rule["minimum"] <= str(value) <= rule["maximum"]
    if kind == "time zone":
        return isinstance(value, str) and value in zoneinfo.available_timezones() | {"UTC"}
    if kind == "currency":
        return isinstance(value, str) and CURRENCY.fullmatch(value) is not None
    if kind == "numbers":
        return isinstance(value, dict) and all(
            isinstance(parameters, dict) and all(_in_range(rule, x) for x in parameters.values())
            for parameters in value.values()
        )
    is_whole = isinstance(value, int) or kind == "number"
    return is_whole and _in_range(rule, value)


def advice(rule: Rule) -> str:
    """What to give instead."""
    kind = rule["type"]
    if kind == "choice":
        return f"Use one of: {', '.join(rule['one_of'])}"
    if kind == "date":
        return "Give a date like 2025-12-31"
    if kind == "time zone":
        return "Use a name like UTC or Europe/Paris"
    if kind == "currency":
        return "Give three lower-case letters, like usd"
    noun = {"numbers": "numbers alone, each"}.get(kind, f"a {kind}")
    return f"Give {noun} from {rule['minimum']} to {rule['maximum']}"


def _in_range(rule: Rule, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return bool(rule["minimum"] <= value <= rule["maximum"])


def _is_date(text: str) -> bool:
    if not DATE.fullmatch(text):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
