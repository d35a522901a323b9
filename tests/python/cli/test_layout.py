"""Reports in a narrow terminal: words are cut and bars left out, numbers and dates never."""

import os
import pty
import re
import subprocess
import sys
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

import pytest
from support.project_files import ROOT
from support.running import MAX_WIDTH, health

from scripts.lib.reports.layout import fitted_widths

ACTIONS = (
    ("account", "left", 19), ("action", "left", 20), ("who", "left", 9), ("due", "right", 10),
    ("driver", "left", 19), ("loss", "right", 6), ("per h", "right", 5),
)  # fmt: skip
BANDS = (
    ("", "left", 17), ("accounts", "right", 8), ("share", "right", 5), ("", "left", 22),
    ("ARR", "right", 8), ("share", "right", 5), ("", "left", 18),
)  # fmt: skip
COMMANDS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [100, 120])
def test_a_wide_terminal_shows_everything(width: int) -> None:
    for columns in (ACTIONS, BANDS):
        widths = fitted_widths(columns, width)
        assert widths == {number: column[2] for number, column in enumerate(columns)}


def test_names_give_way_before_numbers() -> None:
    widths = fitted_widths(ACTIONS, 80)
    assert [widths[number] for number in (2, 3, 5, 6)] == [9, 10, 6, 5]
    assert sum(width or 0 for width in widths.values()) + 2 * 6 == 80
    assert min(widths[number] or 0 for number in (0, 1, 4)) >= 12


def test_bars_are_left_out_where_names_are_not_enough() -> None:
    assert list(fitted_widths(BANDS, 80)) == [0, 1, 2, 3, 4, 5]
    assert list(fitted_widths(BANDS, 60)) == [0, 1, 2, 4, 5]
    assert fitted_widths(BANDS, 30)[0] == 8, "a name keeps some letters, whatever the width"


def in_terminal(columns: int, *arguments: str, db: Path) -> list[str]:
    """The lines of a command in a terminal of so many columns."""
    reader, writer = pty.openpty()
    ioctl(writer, TIOCSWINSZ, pack("HHHH", 50, columns, 0, 0))
    environment = {name: text for name, text in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "scripts.cli", *arguments]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=writer, stdin=writer, env=environment | {"HEALTH_DB": str(db)}
    ) as child:
        os.close(writer)
        shown = b""
        while True:
            try:
                shown += os.read(reader, 65536)
            except OSError:
                break
            if child.poll() is not None and not shown:
                break
    os.close(reader)
    return COMMANDS.sub("", shown.decode()).replace("\r", "").splitlines()


def test_no_number_is_cut_in_a_narrow_terminal(tiny_warehouse: Path) -> None:
    numbers = re.compile(r"[\d,.]+[km]?(?= |$)|\d{4}-\d\d-\d\d")
    for arguments in (("actions",), ("portfolio",), ("explain", "A2")):
        wide = health(*arguments, db=tiny_warehouse).stdout
        narrow = in_terminal(80, *arguments, db=tiny_warehouse)
        assert max(map(len, map(str.rstrip, narrow))) <= 80 < MAX_WIDTH
        assert not [line for line in narrow if re.search(r"\d…", line)], arguments
        missing = set(numbers.findall(wide)) - set(numbers.findall("\n".join(narrow)))
        assert not missing, arguments
