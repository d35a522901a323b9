"""config/refresh.yml, checked when it is read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from scripts.lib.console import HealthError

FILE = Path("config/refresh.yml")


@dataclass(frozen=True)
class Versions:
    """What stays of earlier publications."""

    keep: float
    keep_minutes: float


@dataclass(frozen=True)
class AuditLimits:
    """How much a finished build may differ from the version that readers have."""

    largest_account_loss: float
    largest_unscored_rise: float
    largest_score_shift: float


@dataclass(frozen=True)
class Configuration:
    """The whole file."""

    versions: Versions
    audit: AuditLimits


def read_configuration(root: Path) -> Configuration:
    """Read the file, or say which entry is wrong."""
    path = root / FILE
    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0]
        raise HealthError(f"{FILE} cannot be read: {reason}", "Correct the file.") from None
    versions = Versions(**_numbers(document, "versions", Versions))
    if versions.keep < 1 or versions.keep % 1:
        raise _wrong("versions.keep", versions.keep)
    return Configuration(versions, AuditLimits(**_numbers(document, "audit", AuditLimits)))


def _numbers(document: object, section: str, kind: type) -> dict[str, float]:
    entries = document.get(section) if isinstance(document, dict) else None
    entries = entries if isinstance(entries, dict) else {}
    names = {field.name for field in fields(kind)}
    for name in entries.keys() - names:
        raise HealthError(
            f"{FILE}: {section}.{name} is not a setting.", f"Known are: {', '.join(sorted(names))}."
        )
    for name in sorted(names):
        value = entries.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise _wrong(f"{section}.{name}", value)
    return dict(entries)


def _wrong(name: str, value: object) -> HealthError:
    return HealthError(f"{FILE}: {name} is {value!r}.", "Give a number that is not negative.")
