"""docs/tables.md is what the models say of themselves, and the README names tables that exist."""

import re

from support.project_files import ROOT

from scripts.lib.rendering.tables import DOCUMENT, LAYERS, render_tables

NAMED = re.compile(r"`(\w+)\.((?:dim|fct|rpt|mon|bridge|export)_\w+)`")


def published() -> set[tuple[str, str]]:
    return {
        (layer, path.stem)
        for layer in LAYERS
        for path in (ROOT / "models" / layer).rglob("*.sql")
        if not path.stem.startswith("int_")
    }


def test_the_committed_page_is_what_the_models_render() -> None:
    committed = (ROOT / DOCUMENT).read_text(encoding="utf-8")
    assert committed == render_tables(ROOT), "docs/tables.md is out of date: run `health docs`"


def test_every_published_table_is_on_the_page_once() -> None:
    page = render_tables(ROOT)
    listed = re.findall(r"^\| `(\w+)` \|", page, flags=re.MULTILINE)
    assert sorted(listed) == sorted(name for _, name in published())


def test_the_readme_names_tables_that_exist() -> None:
    named = set(NAMED.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    tables = {place for place in named if place[0] in LAYERS}
    assert len(tables) > 10
    assert tables <= published()
