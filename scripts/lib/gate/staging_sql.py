"""How staging reads a raw value, as SQL: rendered from the same macros, so that both agree."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

MACROS = (
    "epoch_microseconds",
    "epoch_to_utc",
    "finite",
    "matches_pattern",
    "nested_text",
    "snake_case",
    "try_cast",
    "type_double",
    "typed_value",
    "utc_timestamp",
    "whole_number",
    "zoned_to_utc",
)
NUMBERS_WITHOUT_VALUE = "'nan', 'inf', '-inf', '+inf', 'infinity', '-infinity', 'null'"


class StagingSql:
    """The expressions of macros/engine for DuckDB, outside dbt."""

    def __init__(self, root: Path) -> None:
        """Read the macros of a project."""
        files = {path.stem: path for path in (root / "macros" / "engine").rglob("*.sql")}
        source = "\n".join(files[name].read_text(encoding="utf-8") for name in sorted(MACROS))
        environment = jinja2.Environment(extensions=["jinja2.ext.do"], autoescape=False)
        macros: dict[str, Any] = {}

        class Adapter:
            def dispatch(self, name: str) -> Any:
                return macros.get(f"duckdb__{name}") or macros[f"default__{name}"]

        class Dbt:
            def type_string(self) -> str:
                return "varchar"

        environment.globals.update(adapter=Adapter(), dbt=Dbt(), **{"return": lambda value: value})
        module = environment.from_string(source).module
        macros.update({name: value for name, value in vars(module).items() if callable(value)})
        self._macros = macros

    def typed(
        self, expression: str, family: str, data_type: str, *, is_verbatim: bool = False
    ) -> str:
        """A raw value as a type of the contract; null where it does not parse."""
        return str(self._macros["typed_value"](expression, family, data_type, is_verbatim)).strip()

    def snake_case(self, expression: str) -> str:
        """A label as lower snake case, which is how enumerations are compared."""
        return str(self._macros["snake_case"](expression)).strip()

    def finite(self, expression: str) -> str:
        """The value, or null where it is NaN or infinite."""
        return str(self._macros["finite"](expression)).strip()


@cache
def staging_sql(root: Path) -> StagingSql:
    """The expressions of a project; read once."""
    return StagingSql(root)


def staging_family(data_type: str) -> str:
    """The family of a type as macros/engine/types/type_family.sql sees it on DuckDB."""
    name = data_type.lower().strip()
    if name.endswith("]") or name.startswith(("struct", "map", "array", "list", "union")):
        return "nested"
    if name == "time" or name.startswith(("blob", "binary", "bit", "interval", "time ")):
        return "opaque"
    if name.startswith("timestamp") and "time zone" in name:
        return "timestamptz"
    for family, starts in (
        ("json", "json"),
        ("timestamp", ("timestamp", "datetime")),
        ("boolean", "bool"),
        ("decimal", ("decimal", "numeric")),
        ("float", ("double", "float", "real")),
    ):
        if name.startswith(starts):
            return family
    if name == "date":
        return "date"
    return "integer" if "int" in name else "text"


def quoted(name: str) -> str:
    """A column's name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text for SQL."""
    return "'" + text.replace("'", "''") + "'"
