"""Tables and titles that all reports share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console, RenderableType
from rich.style import StyleType
from rich.table import Table

from scripts.lib import console as ui

Column = tuple[str, str, int | None]

GAP = 2
LONGEST_LABEL = 10  # a left column up to this width holds ids, dates and single words
LONGEST_BAR = 22
LEAST_SHARE = 0.6
LEAST_TEXT = 8


class FittedTable(Table):
    """A table that leaves out the columns that the terminal has no room for."""

    def __init__(self, kept: Sequence[int], **options: Any) -> None:
        """Remember which of the cells of a row are shown."""
        super().__init__(**options)
        self.kept = frozenset(kept)

    def add_row(
        self,
        *renderables: RenderableType | None,
        style: StyleType | None = None,
        end_section: bool = False,
    ) -> None:
        """Add a row with a cell for every column, shown or not."""
        shown = [cell for number, cell in enumerate(renderables) if number in self.kept]
        super().add_row(*shown, style=style, end_section=end_section)


def make_table(*columns: Column) -> Table:
    """A plain table from (name, side, width) columns, as wide as the terminal allows."""
    widths = fitted_widths(columns, ui.make_console().width)
    table = FittedTable(
        list(widths), box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bright_black"
    )
    for number, width in widths.items():
        name, side, _ = columns[number]
        justify: Any = side
        table.add_column(name, justify=justify, width=width, no_wrap=True, overflow="ellipsis")
    return table


def fitted_widths(columns: Sequence[Column], available: int) -> dict[int, int | None]:
    """The columns that are shown, with their widths: numbers, ids and dates are never cut.

    Names and words are shortened first, then bars are left out, and then words are cut further.
    """
    bars = [number for number in range(len(columns)) if _is_bar(number, columns[number])]
    texts = [number for number in range(len(columns)) if _is_text(number, columns[number])]
    widths = {number: column[2] for number, column in enumerate(columns)}
    least = {number: math.ceil((widths[number] or 0) * LEAST_SHARE) for number in texts}
    while bars and _excess(widths, available) > sum(
        (widths[number] or 0) - least[number] for number in texts
    ):
        del widths[bars.pop()]
    _shorten(widths, least, _excess(widths, available))
    _shorten(widths, dict.fromkeys(texts, LEAST_TEXT), _excess(widths, available))
    return widths


def _excess(widths: dict[int, int | None], available: int) -> int:
    return sum(width or 0 for width in widths.values()) + GAP * (len(widths) - 1) - available


def _shorten(widths: dict[int, int | None], least: dict[int, int], excess: int) -> None:
    """Take letters one by one from the column that can spare most."""
    for _ in range(excess):
        spare = {number: (widths[number] or 0) - least[number] for number in least}
        widest = max(spare, key=lambda number: spare[number], default=None)
        if widest is None or spare[widest] <= 0:
            return
        widths[widest] = (widths[widest] or 0) - 1


def _is_bar(number: int, column: Column) -> bool:
    name, side, width = column
    return not name and number > 0 and side == "left" and (width or 0) <= LONGEST_BAR


def _is_text(number: int, column: Column) -> bool:
    _, side, width = column
    return side == "left" and (width or 0) > LONGEST_LABEL and not _is_bar(number, column)


def print_title(console: Console, text: str, note: str = "") -> None:
    """A section title with a note."""
    console.print()
    console.print(f"[bold]{text}[/]" + (f"  [bright_black]{note}[/]" if note else ""))
