"""Writing a version: what readers need, in a file that older clients open, published in one step.

A table is copied. A view is stored again over the copied tables, its relations named by schema and
table only, so that it works whatever the file or its alias is called.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from scripts.lib.console import HealthError
from scripts.lib.refresh.places import Places
from scripts.lib.refresh.versions import READ_ONLY, switch, sync

# Older clients (DuckDB 1.2 and later) open files of this storage version.
STORAGE_VERSION = "v1.2.0"
PUBLIC = "public"


@dataclass(frozen=True)
class Relation:
    """A table or view of the build that a version holds."""

    schema: str
    name: str
    is_view: bool

    @property
    def text(self) -> str:
        """The quoted name, without the database."""
        return f'"{self.schema}"."{self.name}"'


def public_relations(manifest_file: Path) -> list[Relation]:
    """Public models, what their views read, and the scoring model's seeds, in building order."""
    manifest = json.loads(manifest_file.read_text(encoding="utf-8"))
    nodes: dict[str, dict[str, Any]] = {
        key: node
        for key, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "seed")
    }
    chosen: dict[str, Relation] = {}

    def add(key: str) -> None:
        node = nodes[key]
        is_view = node["config"]["materialized"] == "view"
        if is_view:
            for parent in node["depends_on"]["nodes"]:
                if parent in nodes and parent not in chosen:
                    add(parent)
        chosen.setdefault(key, Relation(node["schema"], node["name"], is_view))

    for key, node in sorted(nodes.items()):
        if node["resource_type"] == "model":
            is_public = (node.get("access") or node["config"].get("access")) == PUBLIC
        else:
            is_public = bool(node["config"]["meta"].get("published"))
        if is_public:
            add(key)
    return list(chosen.values())


def write_version(places: Places, run_id: str, relations: list[Relation]) -> Path:
    """Copy the relations of the build into a file beside the versions; unseen by readers."""
    places.versions.mkdir(parents=True, exist_ok=True)
    unfinished = places.versions / f".{run_id}.duckdb"
    for leftover in (unfinished, unfinished.with_name(unfinished.name + ".wal")):
        leftover.unlink(missing_ok=True)
    with duckdb.connect(config={"threads": _threads(), "memory_limit": _memory()}) as connection:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"attach {_quoted(places.building)} as build (read_only)")
        connection.execute(
            f"attach {_quoted(unfinished)} as version (storage_version '{STORAGE_VERSION}')"
        )
        connection.execute("use version")
        for schema in sorted({relation.schema for relation in relations}):
            connection.execute(f'create schema if not exists "{schema}"')
        for relation in relations:
            if relation.is_view:
                connection.execute(_view(connection, relation, places.building.stem))
            else:
                connection.execute(
                    f"create table {relation.text} as select * from build.{relation.text}"
                )
        connection.execute("checkpoint version")
    return unfinished


def finish(places: Places, unfinished: Path, run_id: str) -> Path:
    """Seal the file and let readers find it."""
    log = unfinished.with_name(unfinished.name + ".wal")
    if log.exists():
        raise HealthError(
            f"The new version {run_id} was not written to its end; the version before stays.",
            "Check the disk of HEALTH_PUBLISHED_DIR and run again.",
        )
    sync(unfinished)
    os.chmod(unfinished, READ_ONLY)
    version = places.versions / f"{run_id}.duckdb"
    os.replace(unfinished, version)
    sync(places.versions)
    switch(places, version)
    return version


def adopt_state(places: Places) -> None:
    """Make the clone the state that the next run begins with.

    Killed before this, the next run begins with the state before and finds the same changes again.
    """
    os.replace(places.building, places.database)


def _view(connection: duckdb.DuckDBPyConnection, relation: Relation, database: str) -> str:
    found = connection.execute(
        "select sql from duckdb_views()"
        " where database_name = 'build' and schema_name = ? and view_name = ?",
        [relation.schema, relation.name],
    ).fetchone()
    if found is None:
        raise HealthError(f"The build has no view {relation.schema}.{relation.name}.", "Run again.")
    return unbound(str(found[0]), database)


def unbound(sql: str, database: str) -> str:
    """A view's statement without the name of the database that it was made in."""
    return re.sub(rf'"?\b{re.escape(database)}\b"?\.(?="?\w+"?\."?\w)', "", sql)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _threads() -> int:
    return int(os.environ.get("HEALTH_THREADS", "2"))


def _memory() -> str:
    return os.environ.get("HEALTH_MEMORY_LIMIT", "4GB")
