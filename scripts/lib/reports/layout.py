"""Tables and titles that all reports share."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table


def make_table(*columns: tuple[str, str, int | None]) -> Table:
    """A plain table from (name, side, width) columns."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    for name, side, width in columns:
        justify: Any = side
        table.add_column(name, justify=justify, width=width, no_wrap=True, overflow="ellipsis")
    return table


def print_title(console: Console, text: str, note: str = "") -> None:
    """A section title with a note."""
    console.print()
    console.print(f"[bold]{text}[/]" + (f"  [bright_black]{note}[/]" if note else ""))
