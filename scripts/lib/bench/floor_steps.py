"""The lower half of the floor: the project's own SQL, fused into one script of few steps.

A step that one other step reads stays a view and is planned together with it; a step that several
read becomes a table of only the columns that are read. Nothing is quarantined, no contract is
checked, and what no metric value needs is left out.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WANTED = (
    "fct_account_spine",
    "fct_account_gate_signals",
    "fct_account_scorecards",
    "int_metrics__peer_curves",
)
VALUES_PATTERN = re.compile(r"int_metrics_[a-z]+__values")
WORD = re.compile(r"[a-z_][a-z0-9_]*")
FIRST_VERSION = """
select *, {loaded_at} as dbt_valid_from, cast(null as timestamp) as dbt_valid_to
from {relation}
"""
FINAL = re.compile(r"\n?select \* from final\s*$")


@dataclass(frozen=True)
class Project:
    """What dbt knows of the project: nodes with their compiled SQL."""

    root: Path
    nodes: dict[str, dict[str, Any]]
    database: str


def read_project(root: Path, target_path: Path, database: str) -> Project:
    """Read the manifest of a finished run."""
    manifest = json.loads((target_path / "manifest.json").read_text(encoding="utf-8"))
    return Project(root, manifest["nodes"], database)


def needed(project: Project) -> list[str]:
    """The nodes that metric values need, each after those it reads."""
    ordered: list[str] = []
    seen: set[str] = set()

    def visit(unique_id: str) -> None:
        if unique_id in seen or unique_id not in project.nodes:
            return
        seen.add(unique_id)
        for parent in _read_by(project, unique_id):
            visit(parent)
        ordered.append(unique_id)

    for unique_id, node in sorted(project.nodes.items()):
        if node["resource_type"] == "model" and _is_wanted(node["name"]):
            visit(unique_id)
    return ordered


def _read_by(project: Project, unique_id: str) -> list[str]:
    """The parents that a node's SQL names; a whole build names none of what a refresh asks."""
    node = project.nodes[unique_id]
    parents = [one for one in node["depends_on"].get("nodes", []) if one in project.nodes]
    if node["resource_type"] != "model":
        return parents
    return [one for one in parents if f'"{project.nodes[one]["name"]}"' in node["compiled_code"]]


def lower_half(
    project: Project, written_over: dict[str, str], more_seeds: tuple[str, ...]
) -> list[str]:
    """Statements from raw files to wide metric values; `written_over` replaces models by name."""
    order = needed(project)
    queries = {unique_id: _query(project, unique_id, written_over) for unique_id in order}
    readers: dict[str, list[str]] = defaultdict(list)
    for unique_id in order:
        for parent in _read_by(project, unique_id):
            readers[parent].append(unique_id)
    statements = []
    order += [
        unique_id
        for unique_id, node in project.nodes.items()
        if node["name"] in more_seeds and unique_id not in order
    ]
    for unique_id in order:
        node = project.nodes[unique_id]
        name = node["name"]
        if node["resource_type"] == "seed":
            statements.append(_seed(project, node))
            continue
        query = queries[unique_id]
        is_result = _is_wanted(name)
        uses = sum(_uses(queries[reader], name) for reader in set(readers[unique_id]))
        if uses <= 1 and not is_result:
            statements.append(f"create temp view {name} as {query}")
            continue
        if not is_result:
            words = {
                word for reader in set(readers[unique_id]) for word in WORD.findall(queries[reader])
            }
            query = _pruned(query, words)
        statements.append(f"create temp table {name} as {query}")
    return statements


def _is_wanted(name: str) -> bool:
    return name in WANTED or bool(VALUES_PATTERN.fullmatch(name))


def _uses(query: str, name: str) -> int:
    """How often a query reads a step: the steps of a query, if read twice, run twice."""
    total = 0
    imported = rf"([a-z0-9_]+) as (?:not materialized )?\(\s*select \* from temp\.main\.{name}\s*\)"
    for part in re.finditer(imported, query):
        total += max(len(re.findall(rf"(?:from|join) {part.group(1)}\b", query)), 1)
    return max(total, len(re.findall(rf"temp\.main\.{name}\b", query)))


def _query(project: Project, unique_id: str, written_over: dict[str, str]) -> str:
    node = project.nodes[unique_id]
    if node["resource_type"] == "seed":
        return ""
    if node["resource_type"] == "snapshot":
        # One run knows one version of each row, whatever earlier runs have kept.
        read = project.nodes[node["depends_on"]["nodes"][0]]["relation_name"]
        code = FIRST_VERSION.format(relation=read, loaded_at=node["config"]["updated_at"])
    else:
        code = written_over.get(node["name"]) or node["compiled_code"]
    place = rf'"{re.escape(project.database)}"\."[a-z_]+"\."([a-z0-9_]+)"'
    return re.sub(place, r"temp.main.\1", code).strip()


def _pruned(query: str, words: set[str]) -> str:
    """The query with only those of its last columns that a reader names."""
    match = re.search(r"\nfinal as \(\n(.*)\n\)\n+select \* from final\s*$", query, re.S)
    if match is None:
        return query
    names = _column_names(match.group(1))
    kept = [name for name in names if name in words]
    if not kept or len(kept) == len(names):
        return query
    return FINAL.sub(f"\nselect {', '.join(kept)} from final", query)


def _column_names(select: str) -> list[str]:
    """The column names of a select list laid out as the house does: one at the end of a line."""
    names: list[str] = []
    depth = 0
    text = re.sub(r"'[^']*'", "''", select)
    body = re.split(r"\n    from ", text, maxsplit=1)[0]
    part = ""
    for character in re.sub(r"^\s*select( distinct)?", "", body) + ",":
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            found = re.search(r"([a-z0-9_]+)\s*$", part)
            names.append(found.group(1) if found else "")
            part = ""
        else:
            part += character
    return names


def _seed(project: Project, node: dict[str, Any]) -> str:
    """A seed with the types that the project declares for it."""
    path = project.root / node["original_file_path"]
    with path.open(encoding="utf-8") as lines:
        header = next(csv.reader(lines))
    declared = {name.lower(): kind for name, kind in node["config"]["column_types"].items()}
    types = ", ".join(
        f"'{name}': '{declared[name.lower()].upper()}'"
        for name in header
        if name.lower() in declared
    )
    options = f", types = {{{types}}}" if types else ""
    return (
        f"create temp table {node['name']} as"
        f" select * from read_csv('{path}', header = true{options})"
    )
