"""The source contract: what models/staging/*/_*__sources.yml asks of the raw exports."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from scripts.lib.raw_files import RawTable, find_table, source_format
from scripts.lib.settings import Settings

ENV_VAR = re.compile(r"\{\{\s*env_var\('(\w+)',\s*'([^']*)'\)\s*\}\}")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class ContractColumn:
    """One column that a table should have."""

    name: str
    data_type: str
    is_required: bool
    is_json: bool
    aliases: tuple[str, ...]
    rules: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ContractTable:
    """One table that an export may have."""

    system: str
    table: str
    folder: str
    identifiers: tuple[str, ...]
    is_required: bool
    columns: tuple[ContractColumn, ...]
    contract_file: str
    key: tuple[str, ...] = ()
    loaded_at: str | None = None
    event_at: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The system and the table."""
        return f"{self.system}.{self.table}"


class SourceContract:
    """All tables of all systems, and where their files are in one run."""

    def __init__(self, settings: Settings) -> None:
        """Remember the run's folders; nothing is read yet."""
        self.settings = settings

    @cached_property
    def tables(self) -> list[ContractTable]:
        """Every table of every source, in the order of the files."""
        root = self.settings.root
        paths = sorted((root / "models" / "staging").glob("*/_*__sources.yml"))
        return [table for path in paths for table in _read(path, root)]

    @cached_property
    def _format(self) -> str:
        return source_format(self.settings)

    def folder(self, table: ContractTable) -> Path:
        """The folder of the table's system in this run."""
        places = {
            "HEALTH_RAW_DIR": self.settings.raw_dir,
            "HEALTH_DERIVED_DIR": self.settings.derived_dir,
        }
        text = ENV_VAR.sub(lambda match: str(places.get(match[1], match[2])), table.folder)
        return self.settings.root / text

    def find(self, table: ContractTable) -> RawTable | None:
        """The table's file, or nothing."""
        names = (table.table, *table.identifiers)
        return find_table(self.folder(table), table.system, names, self._format)

    def find_by_name(self, system: str, name: str) -> RawTable | None:
        """The file of a table by its name, or nothing."""
        for table in self.tables:
            if (table.system, table.table) == (system, name):
                return self.find(table)
        return None


def _read(path: Path, root: Path) -> list[ContractTable]:
    document = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}
    tables = []
    for source in document.get("sources", []):
        default_folder = "{{ env_var('HEALTH_RAW_DIR', 'data/raw') }}/" + str(source["name"])
        for table in source.get("tables") or []:
            meta = meta_of(table)
            tables.append(
                ContractTable(
                    system=str(source["name"]),
                    table=str(table["name"]),
                    folder=str(meta_of(source).get("folder", default_folder)),
                    identifiers=tuple(map(str, meta.get("identifiers", []))),
                    is_required=not meta.get("optional", True),
                    columns=tuple(map(_column, table.get("columns") or [])),
                    contract_file=str(path.relative_to(root)),
                    key=tuple(map(str, meta.get("key") or [])),
                    loaded_at=meta.get("loaded_at"),
                    event_at=tuple(map(str, meta.get("event_at") or [])),
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
    return ContractColumn(
        name=str(column["name"]),
        data_type=str(column.get("data_type") or "varchar").lower(),
        is_required=bool(meta.get("required", False)),
        is_json=bool(meta.get("json", False)),
        aliases=tuple(map(str, meta.get("aliases") or [])),
        rules=meta,
    )
