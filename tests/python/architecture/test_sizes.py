"""Sizes that keep a room liveable."""

from collections import Counter
from pathlib import Path

from support.project_files import ROOT, macros, models, none_of

MODEL_LINES = 150
MACRO_LINES = 60
COMMAND_LINES = 150
MODELS_IN_A_FOLDER = 10


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_models_are_short() -> None:
    none_of(
        (
            f"{model.relative}:{line_count(model.path)}"
            for model in models()
            if line_count(model.path) > MODEL_LINES
        ),
        f"a model has more than {MODEL_LINES} lines",
    )


def test_macros_are_short() -> None:
    none_of(
        (
            f"{macro.relative}:{line_count(macro.path)}"
            for macro in macros()
            if line_count(macro.path) > MACRO_LINES
        ),
        f"a macro has more than {MACRO_LINES} lines",
    )


def test_commands_are_short() -> None:
    none_of(
        (
            f"{path.relative_to(ROOT)}:{line_count(path)}"
            for path in (ROOT / "scripts" / "commands").glob("*.py")
            if line_count(path) > COMMAND_LINES
        ),
        f"a command has more than {COMMAND_LINES} lines",
    )


def test_folders_hold_few_models() -> None:
    counts = Counter(model.path.parent for model in models())
    none_of(
        (
            f"{folder.relative_to(ROOT)} {count}"
            for folder, count in counts.items()
            if count > MODELS_IN_A_FOLDER
        ),
        f"a folder holds more than {MODELS_IN_A_FOLDER} models",
    )
