"""The seeds as a candidate has them: the project's rows, then what it states, each with its place.

A file that a candidate states gives all rows of what it names (a version, a baseline, a metric, or
one card); other rows stay the project's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scripts.lib.console import HealthError
from scripts.lib.findings import Finding, SeedRow, read_seed
from scripts.lib.governance.seals import BASELINE, SEEDS, VERSION

VERSIONS = "scoring_model/score_versions"
# Every seed that a candidate may state, and what its rows are told apart by.
STATED = {VERSIONS: VERSION, **SEEDS}
CARD = "card_id"
ROWS = re.compile(r"\brows? (\d+)(?: to (\d+))?")

Values = dict[str, str]


@dataclass(frozen=True)
class Place:
    """The file and the line on which a row stands."""

    file: str
    line: int


@dataclass
class Merged:
    """One seed as the candidate has it."""

    part: str
    columns: list[str]
    rows: list[Values] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    lines: dict[int, Place] = field(default_factory=dict)

    def add(self, values: Mapping[str, str], place: Place) -> None:
        """Add a row."""
        self.rows.append({name: (values.get(name) or "").strip() for name in self.columns})
        self.places.append(place)

    def write(self, root: Path) -> None:
        """Write the file under a folder, and remember which row came from where."""
        path = root / "seeds" / f"{self.part}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle, lineterminator="\n")
            writer.writerow(self.columns)
            line = 1
            for row, place in zip(self.rows, self.places, strict=True):
                writer.writerow([row[name] for name in self.columns])
                line += 1 + sum(value.count("\n") for value in row.values())
                self.lines[line] = place


def stated_files(paths: Sequence[Path]) -> dict[str, Path]:
    """The files that a candidate states, by seed; raises HealthError for what is no seed."""
    parts = {part.rsplit("/", 1)[-1]: part for part in STATED}
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise HealthError(f"--with: there is no {path}.", "Name a folder or a CSV file.")
        files = sorted(path.rglob("*.csv")) if path.is_dir() else [path]
        if not files:
            raise HealthError(
                f"--with: {path} holds no CSV file.", "Put the rows that differ there."
            )
        for file in files:
            part = parts.get(file.stem)
            if part is None or file.suffix != ".csv":
                raise HealthError(
                    f"--with: {file} is no seed of a version.",
                    f"Name it like one of: {', '.join(sorted(parts))}.",
                )
            if part in found:
                raise HealthError(
                    f"--with: {file} stands already as {found[part]}.", "Give one of them."
                )
            found[part] = file
    return found


def merged_seed(root: Path, part: str, stated: Path | None, keys: Sequence[str]) -> Merged:
    """The project's rows but for those that a candidate states anew, then these."""
    relative = f"seeds/{part}.csv"
    project = read_seed(root, relative)
    merged = Merged(part, project.columns)
    own = _stated_rows(stated, project.columns) if stated is not None else []
    replaced = {tuple(row[key] for key in keys) for row in own}
    for row in project.rows:
        if tuple(row[key] for key in keys) not in replaced:
            merged.add(row.values, Place(relative, row.line))
    for row in own:
        merged.add(row.values, Place(str(stated), row.line))
    return merged


def _stated_rows(path: Path, columns: list[str]) -> list[SeedRow]:
    seed = read_seed(path.parent, path.name)
    for finding in seed.findings:
        raise HealthError(f"{path}: {finding.message}", finding.advice)
    missing = [name for name in columns if name not in seed.columns]
    unknown = [name for name in seed.columns if name not in columns]
    for name in (*missing, *unknown):
        raise HealthError(
            f"{path}:1: the column {name} is {'missing' if name in missing else 'unknown'}.",
            f"Give these columns: {', '.join(columns)}.",
        )
    if not seed.rows:
        raise HealthError(f"{path}: the file has no rows.", "Add the rows that differ, or drop it.")
    return seed.rows


def inherit(
    merged: Merged, column: str, name: str, below: str, cards: Collection[str] | None = None
) -> None:
    """Where a version states nothing of a seed, it has the rows of the published one.

    Rows of cards that the version does not have are left out.
    """
    if not any(row[column] == name for row in merged.rows):
        for row, place in [*zip(merged.rows, merged.places, strict=True)]:
            if row[column] == below and (cards is None or row.get(CARD, "") in {"", *cards}):
                merged.add({**row, column: name}, place)


def located(finding: Finding, merged: Mapping[str, Merged]) -> Finding:
    """A finding about merged rows, at the place where the row was read."""
    seed = merged.get(finding.file.removeprefix("seeds/").removesuffix(".csv"))
    if seed is None or not seed.lines:
        return finding
    place = seed.lines.get(finding.row or 0)
    file = place.file if place else finding.file
    there = _translator(seed.lines, file)
    return replace(
        finding,
        file=file,
        row=place.line if place else None,
        message=ROWS.sub(there, finding.message),
        advice=ROWS.sub(there, finding.advice),
    )


def _translator(lines: Mapping[int, Place], file: str) -> Callable[[re.Match[str]], str]:
    def text(line: str) -> str:
        place = lines.get(int(line))
        if place is None:
            return line
        return str(place.line) if place.file == file else f"{place.line} of {place.file}"

    def there(match: re.Match[str]) -> str:
        first, last = match.groups()
        return f"rows {text(first)} to {text(last)}" if last else f"row {text(first)}"

    return there


def baseline_of(versions: Merged, version: str) -> str | None:
    """The baseline that a version is scored with."""
    return next((row[BASELINE] for row in versions.rows if row[VERSION] == version), None)
