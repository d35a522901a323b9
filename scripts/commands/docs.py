"""`health docs`: render the pages that come from seeds."""

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
    """Render docs/method.md from the seeds of the scoring model.

    Exit codes: 0 rendered or up to date, 1 out of date (with --check).
    """
    from scripts.lib.render_method import DOCUMENT, render_method

    with ui.friendly_errors():
        root = load_settings().root
        page = render_method(root)
        path = root / DOCUMENT
        is_current = path.is_file() and path.read_text(encoding="utf-8") == page
        if check and not is_current:
            raise ui.HealthError(
                f"{DOCUMENT} differs from the seeds.", "Run `health docs`.", ui.EXIT_REFUSED
            )
        if not is_current:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page, encoding="utf-8")
    ui.make_console().print(f"{DOCUMENT} {'is up to date' if is_current else 'rendered'}")
