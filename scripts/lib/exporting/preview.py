"""What an export would write: rows, columns, the first values; nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from scripts.lib.exporting.limits import WriteBack
from scripts.lib.exporting.tables import find_tables, first_rows, open_exports
from scripts.lib.reports.layout import make_table, print_title

# Values side by side that fit into the width.
SHOWN_ROWS = 2


def preview_exports(
    database: Path, write_back: WriteBack, wanted: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Everything that `health export --dry-run` shows, ready for JSON."""
    with open_exports(database) as connection:
        return [
            {
                "table": table.name,
                "rows": table.rows,
                "limit_rows": write_back.limit(table.name),
                "is_beyond_limit": write_back.is_beyond(table.name, table.rows),
                "columns": [{"name": name, "type": kind} for name, kind in table.columns],
                "first_rows": first_rows(connection, table),
            }
            for table in find_tables(connection, database, wanted)
        ]


def show_preview(console: Console, tables: list[dict[str, Any]]) -> None:
    """Each table with its columns and the values of its first rows."""
    for table in tables:
        note = f"{table['rows']:,} rows"
        if table["limit_rows"] is not None:
            note += f" to write back, limit {table['limit_rows']:,}"
        print_title(console, escape(table["table"]), note)
        if table["is_beyond_limit"]:
            console.print(
                "[red]More than the limit[/]: it would be refused without"
                f" --limit-rows {table['rows']}"
            )
        shown = table["first_rows"][:SHOWN_ROWS]
        view = make_table(
            ("column", "left", 29), ("type", "left", 13),
            *((f"row {number}", "left", 26) for number, _ in enumerate(shown, 1)),
        )  # fmt: skip
        for column in table["columns"]:
            view.add_row(
                escape(column["name"]),
                escape(column["type"].lower()),
                *(_cell(row[column["name"]]) for row in shown),
            )
        console.print(view)
    console.print()
    console.print("Nothing was written.")


def _cell(value: object) -> str:
    return "[bright_black]-[/]" if value is None else escape(str(value))
