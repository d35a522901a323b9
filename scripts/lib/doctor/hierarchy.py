"""Circles of parents in the CRM's accounts: a build cuts them, and somebody should know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb

from scripts.lib.findings import DATA, WARNING, Finding
from scripts.lib.raw_files import column_named
from scripts.lib.settings import Settings
from scripts.lib.source_contract import SourceContract

SHOWN = 5


def check_hierarchy(settings: Settings) -> list[Finding]:
    """A finding for each circle of parents, at the row of its first account."""
    found = SourceContract(settings).find_by_name("salesforce", "account")
    if found is None or found.size == 0:
        return []
    try:
        with duckdb.connect() as connection:
            columns = found.columns(connection)
            names = [column_named(columns, *spelled) for spelled in (("id",), ("parent_id",))]
            if None in names:
                return []
            account, parent = (f'"{name}"' for name in names)
            rows = connection.execute(
                f"select cast({account} as varchar), cast({parent} as varchar)"
                f" from {found.relation}"
            ).fetchall()
    except duckdb.Error:
        return []  # a file that cannot be read has a finding of its own
    lines = {str(key): number for number, (key, _) in enumerate(rows, 1)}
    parents = {str(key): str(above) for key, above in rows if key and above}
    return [
        Finding(
            WARNING,
            DATA,
            str(found.path),
            lines[circle[0]],
            f"parent_id of salesforce.account goes in a circle: {_told(circle)}",
            "Correct the parents in the CRM; until then the oldest account's link is cut"
            " (mon_hierarchy_faults)",
        )
        for circle in circles(parents)
    ]


def _told(circle: tuple[str, ...]) -> str:
    shown = " -> ".join(circle[:SHOWN])
    return f"{shown} -> ..." if len(circle) > SHOWN else f"{shown} -> {circle[0]}"


def circles(parents: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Every circle among links to parents, once, from its lowest key on."""
    done: set[str] = set()
    for start in sorted(parents):
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = parents.get(at)
        if at is not None and at in path:
            circle = list(path)[path[at] :]
            first = circle.index(min(circle))
            yield (*circle[first:], *circle[:first])
        done.update(path)
