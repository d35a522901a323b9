"""config/exports.yml: which tables are written back to other systems, and how many rows may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from scripts.lib.console import EXIT_REFUSED, HealthError

FILE = Path("config/exports.yml")


@dataclass(frozen=True)
class WriteBack:
    """The tables that other systems are overwritten with, and the most rows of each."""

    limit_rows: int
    tables: frozenset[str]

    def limit(self, table: str) -> int | None:
        """The most rows of a table; none where people read it."""
        return self.limit_rows if table in self.tables else None

    def is_beyond(self, table: str, rows: int) -> bool:
        """Whether a table has more rows than may be written back."""
        return table in self.tables and rows > self.limit_rows

    def check(self, rows: Mapping[str, int]) -> None:
        """Stop before anything is written if a table has more rows than may be written back."""
        beyond = {
            name: n for name, n in rows.items() if name in self.tables and n > self.limit_rows
        }
        if beyond:
            found = "; ".join(f"{name} has {count:,}" for name, count in sorted(beyond.items()))
            raise HealthError(
                f"More rows would be written back than the limit of {self.limit_rows:,}: {found}."
                " Nothing was written.",
                "Look at them with `health export --dry-run`. If they are meant, as at a first"
                f" write-back, repeat with --limit-rows {max(beyond.values())}.",
                EXIT_REFUSED,
            )


def read_write_back(root: Path, limit_rows: int | None = None) -> WriteBack:
    """Read the file, or say which entry is wrong; a limit that is given comes first."""
    try:
        document = yaml.safe_load((root / FILE).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        reason = str(error).splitlines()[0]
        raise HealthError(f"{FILE} cannot be read: {reason}", "Correct the file.") from None
    found = document.get("write_back") if isinstance(document, dict) else None
    entries = found if isinstance(found, dict) else {}
    tables, limit = entries.get("tables"), entries.get("limit_rows")
    if not isinstance(tables, list) or not all(isinstance(name, str) for name in tables):
        raise HealthError(f"{FILE}: write_back.tables is no list of names.", "List the tables.")
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 0:
        raise HealthError(
            f"{FILE}: write_back.limit_rows is {limit!r}.", "Give a whole number of 0 or more."
        )
    return WriteBack(limit if limit_rows is None else limit_rows, frozenset(tables))
