"""What a log shows is told as ever; what none shows is not even made into a message."""

import io

import pytest
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from dbt_common.events.logger import LoggerConfig
from dbt_common.events.types import Note, SystemExecutingCmd

from scripts.lib.dbt_process import ReadEvents

DETAIL = SystemExecutingCmd(cmd=["a", "detail"])
EVENTS: list[tuple[BaseEvent, EventLevel | None]] = [
    (DETAIL, None),
    (Note(msg="a note"), EventLevel.INFO),
    (Note(msg="a lowered note"), EventLevel.DEBUG),
    (Note(msg="a warning"), EventLevel.WARN),
    (DETAIL, EventLevel.ERROR),
]


def told(manager: EventManager, level: EventLevel) -> str:
    stream = io.StringIO()
    manager.add_logger(LoggerConfig(name=str(id(stream)), level=level, output_stream=stream))
    for event, event_level in EVENTS:
        manager.fire_event(event, event_level)
    return stream.getvalue()


@pytest.mark.parametrize("level", [EventLevel.DEBUG, EventLevel.INFO, EventLevel.WARN])
def test_a_log_shows_what_it_always_showed(level: EventLevel) -> None:
    shown, expected = told(ReadEvents(), level), told(EventManager(), level)
    without_clock = [[line[8:] for line in text.splitlines()] for text in (shown, expected)]
    assert without_clock[0] == without_clock[1]
    assert (
        len(without_clock[0])
        == {EventLevel.DEBUG: 5, EventLevel.INFO: 3, EventLevel.WARN: 2}[level]
    )


def test_no_message_is_made_of_a_detail_that_no_log_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[EventLevel | None] = []
    monkeypatch.setattr(
        EventManager, "fire_event", lambda self, e, level=None, *rest, **options: made.append(level)
    )
    told(ReadEvents(), EventLevel.INFO)
    assert made == [EventLevel.INFO, EventLevel.WARN, EventLevel.ERROR]
