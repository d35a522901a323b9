"""The source contract: what models/staging/*/_*__sources.yml asks of the raw exports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class ContractColumn:
    """One column that a table should have."""

    name: str
    data_type: str
    is_required: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class ContractTable:
    """One table that an export may have."""

    system: str
    table: str
    is_required: bool
    columns: tuple[ContractColumn, ...]
    contract_file: str


def read_contract(root: Path) -> list[ContractTable]:
    """Every table of every source, in the order of the files."""
    tables = []
    for path in sorted((root / "models" / "staging").glob("*/_*__sources.yml")):
        document = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for source in document.get("sources", []):
            for table in source.get("tables", []):
                tables.append(
                    ContractTable(
                        system=str(source["name"]),
                        table=str(table["name"]),
                        is_required=bool(meta_of(table).get("required", False)),
                        columns=tuple(map(_column, table.get("columns") or [])),
                        contract_file=str(path.relative_to(root)),
                    )
                )
    return tables


def meta_of(node: dict[str, Any]) -> dict[str, Any]:
    """The `meta` of a node, under `config` or beside it."""
    merged: dict[str, Any] = dict(node.get("meta") or {})
    merged.update((node.get("config") or {}).get("meta") or {})
    return merged


def _column(column: dict[str, Any]) -> ContractColumn:
    meta = meta_of(column)
    aliases = meta.get("aliases") or []
    return ContractColumn(
        name=str(column["name"]),
        data_type=str(column.get("data_type") or "varchar").lower(),
        is_required=bool(meta.get("required", False)),
        aliases=tuple(map(str, [aliases] if isinstance(aliases, str) else aliases)),
    )
