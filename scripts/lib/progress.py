"""The progress of a dbt run on a terminal; silent where nobody watches."""

from __future__ import annotations

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scripts.lib.console import make_console
from scripts.lib.dbt_runner import Event, short_name

NAME_WIDTH = 38


class Bar:
    """One line: the step, how many nodes are done, the time, and the node at work."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Lay out the line; it is drawn on a terminal only."""
        out = make_console(error=True)
        self._progress = Progress(
            TextColumn("[bold]{task.fields[phase]}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("[bright_black]{task.fields[node]}"),
            console=out,
            transient=True,
            disable=quiet or not out.is_terminal,
        )
        self._task = self._progress.add_task("", total=None, phase="", node="")

    def __enter__(self) -> Bar:
        """Begin to draw."""
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Remove the line."""
        self._progress.stop()

    def step(self, name: str) -> None:
        """A new step has begun."""
        self._progress.update(self._task, phase=name.capitalize(), node="")

    def event(self, event: Event) -> None:
        """A node has begun or ended."""
        if event.kind == "total":
            self._progress.update(self._task, total=event.total)
        elif event.kind == "start":
            self._progress.update(self._task, node=escape(short_name(event.node)[:NAME_WIDTH]))
        else:
            self._progress.advance(self._task)
