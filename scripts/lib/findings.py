"""A finding of the doctor, and the seeds and YAML that it reads, with line numbers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

CONFIGURATION = "configuration"
DATA = "data"
ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: where, what, and what to do."""

    severity: str
    area: str
    file: str
    row: int | None
    message: str
    advice: str

    @property
    def place(self) -> str:
        """The file and, where there is one, the row."""
        return self.file if self.row is None else f"{self.file}:{self.row}"

    def as_dict(self) -> dict[str, object]:
        """The finding for a machine."""
        return asdict(self)


@dataclass(frozen=True)
class SeedRow:
    """One row of a seed and the line on which it stands."""

    line: int
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The value without spaces around it; an absent column is empty."""
        return (self.values.get(column) or "").strip()

    def number(self, column: str) -> float | None:
        """The value as a number, or nothing."""
        try:
            return float(self[column])
        except ValueError:
            return None


@dataclass
class Seed:
    """A seed file: its rows, its columns, and findings about it."""

    path: Path
    file: str
    columns: list[str] = field(default_factory=list)
    rows: list[SeedRow] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(self, row: SeedRow | None, message: str, advice: str, severity: str = ERROR) -> None:
        """Add a finding about this file, or about one of its rows."""
        line = row.line if row else None
        self.findings.append(Finding(severity, CONFIGURATION, self.file, line, message, advice))

    def groups(self, *columns: str) -> dict[tuple[str, ...], list[SeedRow]]:
        """The rows by the values of some columns."""
        found: dict[tuple[str, ...], list[SeedRow]] = {}
        for row in self.rows:
            found.setdefault(tuple(row[column] for column in columns), []).append(row)
        return found

    def values(self, column: str) -> set[str]:
        """The distinct values of a column."""
        return {row[column] for row in self.rows}


def read_seed(root: Path, relative: str, required: Sequence[str] = ()) -> Seed:
    """Read a seed; a missing file or column is a finding and not an error."""
    seed = Seed(root / relative, relative)
    if not seed.path.is_file():
        seed.report(None, "the file is missing", "Restore it; the score cannot be built without it")
        return seed
    try:
        with seed.path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle)
            seed.columns = list(reader.fieldnames or [])
            seed.rows = list(_rows(reader))
    except (csv.Error, UnicodeDecodeError) as error:
        seed.report(None, f"the file cannot be read: {error}", "Save it as UTF-8 CSV")
        return seed
    for column in required:
        if column not in seed.columns:
            seed.report(None, f"the column {column} is missing", "Add the column to the header")
    return seed


def _rows(reader: csv.DictReader[str]) -> Iterator[SeedRow]:
    for row in reader:
        yield SeedRow(reader.line_num, {str(key): str(row[key] or "") for key in row if key})
