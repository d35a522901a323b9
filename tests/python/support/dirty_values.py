"""Dirty values of one column: what lands in the raw file, and what it means under the contract."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from scripts.lib.source_contract import ContractColumn

BAD: Final = "<does not parse>"
EPOCH: Final = datetime(1970, 1, 1)
WHOLE: Final = ("integer", "bigint")
MOMENTS: Final = ("timestamp", "date")
LIMITS: Final = {"integer": 2**31 - 1, "bigint": 2**63 - 1}
YEARS: Final = (1, 1970, 1980, 2099, 9999)
WORDS_FOR_NOTHING: Final = ("NaN", "inf", "-Infinity", "null", "NULL")
NO_NUMBERS: Final = ("eleven", "12abc", "1,5", "--3", "1e999", "0x", "$12", "５%")
NO_MOMENTS: Final = (
    "not a date", "2024-13-45", "0000-00-00", "31/12/2024", "2024-02-30", "tomorrow", "20250131",
    "2024-01-01T25:61:00", "12:30", "99999999999999999999",
)  # fmt: skip
NO_FLAGS: Final = ("maybe", "2", "-1", "truefalse")
TEXTS: Final = (
    "a\x00b\x01\x1fc", "\u202etxet\u202c", "\U0001f4a9 ünïcödé \u4f60\u597d", "x" * 20_000,
    "'); drop table staging.quarantine_stripe; --", '{"broken": ', "=cmd|' /c calc'!a0", "a\r\n\tb",
    "e\u0301\u200d\ufeffz", "NaN", "{{ 7 * 7 }}", "\\", '"', "%s", "-1", "orphan",
)  # fmt: skip
DOCUMENTS: Final = (
    '{"term_months": 1e30, "auto_renew": "perhaps", "crm_account_id": {"a": [1]}}',
    '{"term_months": "NaN", "committed_units": "1e999", "unlimited_seats": 7}',
    '{"term_months": -1e19}', '{"term_months": "many"', "[1, 2", "null", "[]", '"text"', "{}",
)  # fmt: skip
LABELS: Final = ("Spaceship", "zzz", "€€€", "U S D", "客户")

Dirt = tuple[object, object]


def landed(value: object, column: ContractColumn, storage: str) -> object:
    """A clean value as the raw file holds it."""
    if value is None:
        return None
    if storage == "text":
        return _as_text(value)
    if storage == "epoch":
        return _microseconds(value)
    if storage == "float":
        return float(str(value))
    if storage == "decimal":
        return Decimal(str(value))
    if storage == "native int":
        return int(value) if isinstance(value, bool) else int(str(value))
    return value


def dirt(column: ContractColumn, storage: str, chooser: Random) -> Dirt:
    """One dirty value and its meaning: a value, nothing, or BAD."""
    found = _anything(column, storage, chooser)
    return chooser.choice(found)


def _anything(column: ContractColumn, storage: str, chooser: Random) -> list[Dirt]:
    found: list[Dirt] = [(None, None)]
    if storage == "text":
        found.append(("", None))
        if not column.rules.get("verbatim"):
            found.append(("   ", None))
    if column.data_type == "varchar":
        return found + _texts(column, storage, chooser)
    if storage == "text":
        found += [(word, None) for word in WORDS_FOR_NOTHING]
    if column.data_type in MOMENTS:
        return found + _moments(column, storage, chooser)
    if column.data_type == "boolean":
        return found + _flags(storage)
    return found + _numbers(column, storage) + 3 * _beyond(column, storage)


def _texts(column: ContractColumn, storage: str, chooser: Random) -> list[Dirt]:
    if storage == "float":
        found: list[Dirt] = [(value, None) for value in (math.nan, math.inf, -math.inf)]
        return [*found, (7.5, "7.5"), (1e300, "1e+300")]
    if storage == "native int":
        return [(value, str(value)) for value in (-1, 0, 2**63 - 1, -(2**63))]
    texts = [*TEXTS, f" orphan {chooser.randrange(10**9)} "]
    if column.rules.get("enum"):
        # Nothing is left of the label without a letter, and only a closed list minds.
        return [
            (text, text if column.rules.get("closed") or text.isascii() else None)
            for text in LABELS
        ]
    if column.is_json:
        texts += DOCUMENTS
    return [(text, text if column.rules.get("verbatim") else text.strip(" ")) for text in texts]


def _flags(storage: str) -> list[Dirt]:
    if storage == "text":
        found: list[Dirt] = [(text, BAD) for text in NO_FLAGS]
        return [*found, ("Yes", True), (" F ", False), ("1", True), ("0.0", False)]
    if storage == "native int":
        return [(7, BAD), (-1, BAD), (1, True), (0, False)]
    return [(True, True), (False, False)]


def _beyond(column: ContractColumn, storage: str) -> list[Dirt]:
    """The first whole numbers outside the range, and the last ones inside."""
    limits = (("minimum", -1), ("maximum", 1))
    numbers = [
        column.rules[limit] + distance
        for limit, step in limits
        if limit in column.rules
        for distance in (0, step)
    ]
    return [(landed(number, column, storage), number) for number in numbers]


def _numbers(column: ContractColumn, storage: str) -> list[Dirt]:
    whole = column.data_type in WHOLE
    huge = LIMITS.get(column.data_type, math.inf)
    if storage == "text":
        found: list[Dirt] = [(text, BAD) for text in NO_NUMBERS]
        found += [(" 7 ", 7), ("-5", -5), ("1e300", BAD if whole else 1e300)]
        found += [("9" * 40, BAD if whole else 1e40), (str(2**31), _within(2**31, huge))]
        found.append((str(2**63 - 1), _within(2**63 - 1, huge)))
        return [*found, ("2.5", BAD if whole else 2.5), ("-0.4", BAD if whole else -0.4)]
    if storage == "float":
        found = [(value, None) for value in (math.nan, math.inf, -math.inf)]
        found += [(-7.0, -7), (1e308, BAD if whole else 1e308), (-1e19, BAD if whole else -1e19)]
        return [*found, (2.5, BAD if whole else 2.5), (-0.4, BAD if whole else -0.4)]
    if storage == "decimal":
        found = [(Decimal("2.5"), BAD), (Decimal(10**20), BAD), (Decimal(-7), -7)]
        return [*found, (Decimal(2**31), _within(2**31, huge))]
    values = (0, -1, -(10**6), 2**31, 2**63 - 1, -(2**63))
    return [(value, _within(value, huge)) for value in values]


def _within(value: int, huge: float) -> object:
    return value if -huge - 1 <= value <= huge else BAD


def _moments(column: ContractColumn, storage: str, chooser: Random) -> list[Dirt]:
    years = [datetime(year, 6, 1, 12, 30) for year in YEARS]
    found: list[Dirt]
    if storage == "text":
        found = [(text, BAD) for text in NO_MOMENTS]
        found += [("infinity", None), ("-inf", None)]
        found += [(f"{moment.isoformat()}Z", moment) for moment in years]
        found += [(f"{moment.isoformat()}+02:00", moment - timedelta(hours=2)) for moment in years]
        found += [(text, moment) for text, moment in _epochs(years) if text.isdigit()]
    elif storage == "epoch":
        found = [(10**18, BAD), (2**63 - 1, BAD), (-(2**63), BAD), (-1, EPOCH - timedelta(0, 1))]
        found += [(int(text), moment) for text, moment in _epochs(years)]
    else:
        found = [(moment, moment) for moment in years]
    if column.data_type == "date":
        found = [(_raw_day(raw, storage), _day(meaning)) for raw, meaning in found]
    return chooser.sample(found, len(found))


def _epochs(years: list[datetime]) -> list[tuple[str, datetime]]:
    """Seconds, milliseconds and microseconds, where their size tells them apart."""
    return [
        (str(_microseconds(moment) // 10**digits), moment)
        for moment in years
        if moment.year in (1, 1980, 2099)
        for digits in (6, 3, 0)
    ]


def _raw_day(raw: object, storage: str) -> object:
    return raw.date() if storage == "native" and isinstance(raw, datetime) else raw


def _day(meaning: object) -> object:
    return meaning.date() if isinstance(meaning, datetime) else meaning


def _microseconds(value: object) -> int:
    moment = datetime.fromisoformat(str(value))
    return (moment.replace(tzinfo=UTC) - EPOCH.replace(tzinfo=UTC)) // timedelta(microseconds=1)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)
