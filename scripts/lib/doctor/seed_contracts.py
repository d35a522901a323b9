"""Checks of every seed against its own contract: columns that are there, cells that have a value.

The contract is the YAML beside the seed, which dbt tests too; here it names the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scripts.lib.findings import CONFIGURATION, ERROR, Finding, Seed, SeedRow, read_seed
from scripts.lib.source_contract import LOADER

FOLDER = "seeds"
ALL_OF = "no_nulls"
ONE = "not_null"


@dataclass
class SeedContract:
    """What the YAML says of one seed."""

    file: str
    columns: list[str] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)


def read_contracts(root: Path) -> list[SeedContract]:
    """The contract of every seed that a project describes."""
    found = []
    for path in sorted((root / FOLDER).glob("**/*.yml")):
        document = yaml.load(path.read_text(encoding="utf-8"), LOADER) or {}
        for entry in document.get("seeds", []):
            file = (path.parent / f"{entry['name']}.csv").relative_to(root).as_posix()
            columns = [str(column["name"]) for column in entry.get("columns", [])]
            found.append(SeedContract(file, columns, list(dict.fromkeys(_filled(entry)))))
    return found


def _filled(entry: dict[str, Any]) -> Iterator[str]:
    """Columns that may not be empty, from both kinds of test that say so."""
    for test in entry.get("data_tests", []):
        if isinstance(test, dict) and ALL_OF in test:
            yield from map(str, test[ALL_OF]["arguments"]["columns"])
    for column in entry.get("columns", []):
        if ONE in column.get("data_tests", []):
            yield str(column["name"])


def check_seed_contracts(root: Path, known: Sequence[Finding] = ()) -> list[Finding]:
    """Every missing column and empty cell that no other check has told of in words of its own."""
    try:
        contracts = read_contracts(root)
    except yaml.YAMLError as error:
        message = f"a contract cannot be read: {str(error).splitlines()[0]}"
        return [Finding(ERROR, CONFIGURATION, FOLDER, None, message, "Correct the file")]
    told = {(finding.file, finding.row): "" for finding in known}
    for finding in known:
        told[finding.file, finding.row] += f" {finding.message}"
    return [
        finding
        for contract in contracts
        for finding, column in _findings(root, contract)
        if column not in told.get((finding.file, finding.row), "").split()
    ]


def _findings(root: Path, contract: SeedContract) -> Iterator[tuple[Finding, str]]:
    seed = read_seed(root, contract.file)
    if seed.findings:
        yield seed.findings[0], "missing"
        return
    for column in contract.columns:
        if column not in seed.columns:
            seed.report(None, f"the column {column} is missing", "Add the column to the header")
            yield seed.findings[-1], column
    for column in contract.filled:
        if column in seed.columns:
            for row in seed.rows:
                if not row[column]:
                    yield _empty(seed, row, column), column


def _empty(seed: Seed, row: SeedRow, column: str) -> Finding:
    seed.report(row, f"{column} is empty", f"Fill in {column}")
    return seed.findings[-1]
