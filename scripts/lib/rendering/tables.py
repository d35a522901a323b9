"""docs/tables.md from the descriptions of the published models, which BI tools read as well."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import yaml

DOCUMENT = Path("docs/tables.md")
LAYERS = {
    "core": "What the business has, whatever system it came from.",
    "metrics": "What was measured for each account and date, and how it maps to 0-100.",
    "scoring": "Scores, why they are what they are, what changed, what it is worth, what to do.",
    "monitoring": "Whether the score is complete, reconciled and stable.",
    "exports": "What leaves the warehouse.",
}
# Steps between published tables are nobody's to query.
STEP = "int_"
INTRODUCTION = """# Tables

Every published table, by layer and subject, rendered by `health docs` from what the models say of
themselves. Their columns are described in the same files; `dbt docs generate` shows them all.
"""


def render_tables(root: Path) -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *(_layer(root, layer) for layer in LAYERS)])


def _layer(root: Path, layer: str) -> str:
    parts = [f"## `{layer}`\n\n{LAYERS[layer]}\n"]
    for subject, models in groupby(_published(root, layer), key=itemgetter(0)):
        lines = [f"### {subject}", ""] if subject else []
        lines += ["| table | what it holds |", "|---|---|"]
        lines += [f"| `{name}` | {description} |" for _, name, description in models]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _published(root: Path, layer: str) -> Iterator[tuple[str, str, str]]:
    """Subject (the first folder below the layer), name and description, in the tree's order."""
    base = root / "models" / layer
    described = {
        model["name"]: " ".join(model["description"].split())
        for path in base.rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []
    }
    places = (path.relative_to(base) for path in base.rglob("*.sql"))
    published = [place for place in places if not place.stem.startswith(STEP)]
    for place in sorted(published, key=lambda place: (place.parts[:-1][:1], place.stem)):
        yield "".join(place.parts[:-1][:1]), place.stem, described[place.stem]
