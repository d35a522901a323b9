"""The project's files as the architecture tests read them: comments out, line numbers kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
LAYERS = ("staging", "intermediate", "core", "metrics", "scoring", "monitoring", "exports")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_COMMENTS = re.compile(r"\{#.*?#\}|--[^\n]*|/\*.*?\*/", re.DOTALL)
_STRINGS = re.compile(r"'(?:[^'\n]|'')*'")
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_REF = re.compile(r"\bref\(\s*['\"](\w+)['\"]\s*\)")
_SOURCE = re.compile(r"\b(?:source|checked_source|quarantined_rows)\(\s*['\"](\w+)['\"]")


def _blank(match: re.Match[str]) -> str:
    """Nothing but the line ends, so that line numbers stay."""
    return "\n" * match.group().count("\n") or " "


@dataclass(frozen=True)
class SqlFile:
    """One SQL file of the project."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def relative(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def layer(self) -> str:
        return self.path.relative_to(ROOT).parts[1]

    @property
    def folder(self) -> str:
        return "/".join(self.path.relative_to(ROOT).parts[2:-1])

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def code(self) -> str:
        """Without comments."""
        return _COMMENTS.sub(_blank, self.text)

    @cached_property
    def plain_sql(self) -> str:
        """Without comments, Jinja and strings."""
        return _STRINGS.sub(_blank, _JINJA.sub(_blank, self.code))

    @cached_property
    def refs(self) -> list[tuple[int, str]]:
        return [(line_of(self.code, found), found[1]) for found in _REF.finditer(self.code)]

    @cached_property
    def sources(self) -> list[tuple[int, str]]:
        return [(line_of(self.code, found), found[1]) for found in _SOURCE.finditer(self.code)]

    def find(self, pattern: re.Pattern[str], text: str | None = None) -> Iterator[str]:
        """Every place of a pattern, as file:line and what stands there."""
        text = self.code if text is None else text
        for found in pattern.finditer(text):
            yield f"{self.relative}:{line_of(text, found)} {found.group().strip()}"


def line_of(text: str, found: re.Match[str]) -> int:
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    return text.count("\n", 0, start) + 1


@cache
def models() -> tuple[SqlFile, ...]:
    return tuple(SqlFile(path) for path in sorted((ROOT / "models").glob("**/*.sql")))


@cache
def macros() -> tuple[SqlFile, ...]:
    return tuple(SqlFile(path) for path in sorted((ROOT / "macros").glob("**/*.sql")))


@cache
def sql_tests() -> tuple[SqlFile, ...]:
    return tuple(SqlFile(path) for path in sorted((ROOT / "tests").glob("**/*.sql")))


@cache
def seeds() -> tuple[Path, ...]:
    return tuple(sorted((ROOT / "seeds").glob("**/*.csv")))


@cache
def seed_names() -> frozenset[str]:
    return frozenset(path.stem for path in seeds())


@dataclass(frozen=True)
class YamlNode:
    """One described thing of a YAML file."""

    name: str
    node: dict[str, Any]
    path: Path

    @property
    def place(self) -> str:
        """The file and the line on which the name stands."""
        relative = self.path.relative_to(ROOT)
        pattern = re.compile(rf"^\s*- name: ['\"]?{re.escape(self.name)}['\"]?\s*$", re.MULTILINE)
        text = self.path.read_text(encoding="utf-8")
        found = pattern.search(text)
        return f"{relative}:{line_of(text, found) if found else 1} {self.name}"


@cache
def yaml_nodes(folder: str, section: str) -> tuple[YamlNode, ...]:
    """Every entry of a section (models, seeds, macros, unit_tests) under a folder."""
    nodes = []
    for path in sorted((ROOT / folder).glob("**/*.yml")):
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}
        for node in document.get(section) or []:
            nodes.append(YamlNode(str(node.get("name")), node, path))
    return tuple(nodes)


def none_of(places: Iterable[str], rule: str) -> None:
    """Fail with the rule and every place that breaks it."""
    found = sorted(set(places))
    if found:
        pytest.fail(f"{rule}\n  " + "\n  ".join(found), pytrace=False)
