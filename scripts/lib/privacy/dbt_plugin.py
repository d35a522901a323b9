"""What profiles.yml loads into dbt-duckdb: every connection knows the key, no text names it."""

from __future__ import annotations

from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError
from duckdb import DuckDBPyConnection

from scripts.lib.console import HealthError
from scripts.lib.privacy.key import INNER_VARIABLE, OUTER_VARIABLE, padded_keys, read_key
from scripts.lib.settings import load_settings


class Plugin(BasePlugin):
    """Sets the variables that the macro keyed_hash reads."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Read the key once per process; a fault is dbt's own, which it tells in a line."""
        try:
            self.padded = padded_keys(read_key(load_settings().root))
        except HealthError as error:
            raise DbtRuntimeError(f"{error.message} {error.advice}") from None

    def configure_cursor(self, cursor: DuckDBPyConnection) -> None:
        """A variable belongs to one connection, and each thread of dbt has its own."""
        for name, value in zip((INNER_VARIABLE, OUTER_VARIABLE), self.padded, strict=True):
            cursor.execute(f"set variable {name} = ?::blob", [value])
