"""Runs dbt without work that nobody asked for: rare garbage collection, and no unread messages.

dbt makes a message of every statement, twice, before it asks whether a log shows details; that is a
twelfth of its work. Usage: `python -m scripts.lib.dbt_process build`, with dbt's own arguments.
"""

from __future__ import annotations

from typing import Any

from dbt.cli.main import cli
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.event_manager_client import ctx_set_event_manager

from scripts.lib.rare_gc import collect_rarely


class ReadEvents(EventManager):
    """Makes messages of details only where a log shows them; dbt's own callback wants warnings."""

    def fire_event(
        self, e: BaseEvent, level: EventLevel | None = None, *arguments: Any, **options: Any
    ) -> None:
        """Tell an event to all logs, unless it is a detail that none of them shows."""
        is_detail = (level or e.level_tag()) == EventLevel.DEBUG
        if is_detail and not self._show_details():
            return
        super().fire_event(e, level, *arguments, **options)

    def _show_details(self) -> bool:
        return any(logger.level == EventLevel.DEBUG for logger in self.loggers)


def tell_what_is_read() -> None:
    """Let dbt tell its events through ReadEvents, from now on in this process."""
    ctx_set_event_manager(ReadEvents())


if __name__ == "__main__":
    collect_rarely()
    tell_what_is_read()
    cli()
