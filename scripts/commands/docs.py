"""`health docs`: render the pages that come from seeds and models."""

from __future__ import annotations

from typing import Annotated

import typer

from scripts.lib import console as ui
from scripts.lib.settings import load_settings


def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; fail when a page is out of date.")
    ] = False,
) -> None:
    """Render docs/method.md from the seeds and docs/tables.md from the models' descriptions.

    Exit codes: 0 rendered or up to date, 1 out of date (with --check).
    """
    from scripts.lib.rendering import method, tables

    with ui.friendly_errors():
        root = load_settings().root
        pages = {
            method.DOCUMENT: method.render_method(root),
            tables.DOCUMENT: tables.render_tables(root),
        }
        for document, page in pages.items():
            path = root / document
            is_current = path.is_file() and path.read_text(encoding="utf-8") == page
            if check and not is_current:
                raise ui.HealthError(
                    f"{document} differs from what it is rendered from.",
                    "Run `health docs`.",
                    ui.EXIT_REFUSED,
                )
            if not is_current:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(page, encoding="utf-8")
            ui.make_console().print(f"{document} {'is up to date' if is_current else 'rendered'}")
