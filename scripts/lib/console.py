"""How the commands speak: one console, one error type, and the small marks that tables share."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.markup import escape

WIDTH = 100

EXIT_OK = 0
EXIT_REFUSED = 1
EXIT_CONFIGURATION = 2
EXIT_STALE = 3
EXIT_BUSY = 75

BAND_STYLES = {
    "healthy": "green",
    "watch": "yellow",
    "at_risk": "dark_orange",
    "critical": "red",
    "insufficient_data": "bright_black",
}


# Signs that tell a terminal what to do, or turn the order of the text around them.
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class HealthError(Exception):
    """A problem that the user can act on: what is wrong, what to do, and the exit code."""

    def __init__(self, message: str, advice: str = "", exit_code: int = EXIT_CONFIGURATION) -> None:
        """Keep the message and the advice apart, so that JSON can carry both."""
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.exit_code = exit_code


def make_console(*, error: bool = False) -> Console:
    """A console that never grows wider than the width that the output is designed for."""
    console = Console(stderr=error, highlight=False)
    if console.width > WIDTH or not console.is_terminal:
        console.width = WIDTH
    return console


def print_json(document: object) -> None:
    """Write one JSON document to standard output, dates as ISO text."""
    sys.stdout.write(json.dumps(document, indent=2, default=str, allow_nan=False) + "\n")


@contextmanager
def friendly_errors(as_json: bool = False) -> Iterator[None]:
    """Turn a HealthError into a message and an exit code, never a traceback."""
    try:
        yield
    except HealthError as error:
        if as_json:
            print_json({"error": error.message, "advice": error.advice})
        else:
            console = make_console(error=True)
            console.print(f"[bold red]Error[/] {escape(plain(error.message))}", soft_wrap=True)
            if error.advice:
                console.print(f"[bold]What to do[/] {escape(plain(error.advice))}", soft_wrap=True)
        raise typer.Exit(error.exit_code) from None


def plain(text: str) -> str:
    """A text from outside as it may reach a terminal: every sign is only shown."""
    return COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


def band_label(band: str | None) -> str:
    """A band for people: coloured, in words."""
    if band is None:
        return "[bright_black]none[/]"
    return f"[{BAND_STYLES.get(band, 'white')}]{escape(words(band))}[/]"


def words(identifier: str) -> str:
    """An identifier as words."""
    return identifier.replace("_", " ")


def bar(share: float, width: int, style: str = "cyan") -> str:
    """A horizontal bar for a share between 0 and 1, with eighths of a cell."""
    share = min(max(share, 0.0), 1.0)
    eighths = round(share * width * 8)
    full, rest = divmod(eighths, 8)
    text = "█" * full + (" ▏▎▍▌▋▊▉"[rest] if rest else "")
    return f"[{style}]{text}[/]" + " " * (width - len(text))


def money(amount: float | None) -> str:
    """An amount in thousands or millions."""
    if amount is None:
        return "-"
    for size, suffix in ((1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if abs(amount) >= size:
            return f"{amount / size:,.1f}{suffix}"
    return f"{amount:,.0f}"


def number(value: float | None, decimals: int = 1) -> str:
    """A number, or a dash when there is none."""
    return "-" if value is None else f"{value:,.{decimals}f}"


def signed(value: float | None, decimals: int = 1) -> str:
    """A number with its sign, coloured by direction."""
    if value is None:
        return "-"
    if round(value, decimals) == 0:
        return f"[bright_black]{0:.{decimals}f}[/]"
    return f"[{'green' if value > 0 else 'red'}]{value:+,.{decimals}f}[/]"


def percent(share: float | None, decimals: int = 0) -> str:
    """A share as a percentage."""
    return "-" if share is None else f"{share * 100:.{decimals}f}%"


def first(rows: list[dict[str, Any]], keep: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The first row that satisfies the condition, or an empty one."""
    return next((row for row in rows if keep(row)), {})
