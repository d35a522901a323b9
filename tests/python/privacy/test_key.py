"""The key of the keyed hash: where it comes from, and that SQL and Python agree on the hash."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from dbt_common.exceptions import DbtRuntimeError
from support.project_files import ROOT

from scripts.lib.console import HealthError
from scripts.lib.privacy.dbt_plugin import Plugin
from scripts.lib.privacy.key import (
    ENVIRONMENT,
    INNER_VARIABLE,
    KEY_FILE,
    OUTER_VARIABLE,
    keyed_hash,
    padded_keys,
    read_key,
)

KEYS = (b"0123456789abcdef", b"k" * 64, b"a key that is longer than one block of SHA-256 " * 2)
TEXTS = ("ann@acme.example", "", "jürgen@bücher.example", "x" * 5000)
MAKE = "from pathlib import Path; from scripts.lib.privacy.key import read_key; import sys;"
MAKE += "print(read_key(Path(sys.argv[1])).decode())"


def duckdb_macro() -> str:
    """The SQL of the macro for DuckDB, with a column `text` as its expression."""
    macro = (ROOT / "macros" / "engine" / "keys" / "keyed_hash.sql").read_text(encoding="utf-8")
    body = re.findall(r"duckdb__keyed_hash\(expression\) -%\}(.*?)\{%- endmacro", macro, re.DOTALL)
    padded = [f"getvariable('{name}')" for name in (OUTER_VARIABLE, INNER_VARIABLE)]
    sql = str(body[0]).split("endfor -%}")[1].replace("{{ expression }}", "text")
    return sql.replace("{{ padded[0] }}", padded[0]).replace("{{ padded[1] }}", padded[1])


@pytest.mark.parametrize("key", KEYS)
def test_sql_and_python_agree(key: bytes) -> None:
    with duckdb.connect() as connection:
        names = (INNER_VARIABLE, OUTER_VARIABLE)
        for name, value in zip(names, padded_keys(key), strict=True):
            connection.execute(f"set variable {name} = ?::blob", [value])
        for text in TEXTS:
            row = connection.execute(f"select {duckdb_macro()} from (select ? as text)", [text])
            assert row.fetchone() == (keyed_hash(key, text),)


def test_another_key_gives_another_hash() -> None:
    assert len({keyed_hash(key, "ann@acme.example") for key in KEYS}) == len(KEYS)


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "a key from the environment")
    assert read_key(tmp_path) == b"a key from the environment"
    assert not (tmp_path / KEY_FILE).exists()


def test_a_short_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, "guessable")
    with pytest.raises(HealthError) as refused:
        read_key(tmp_path)
    assert "guessable" not in refused.value.message + refused.value.advice


def test_without_one_a_key_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT)
    made = read_key(tmp_path)
    assert len(made) == 64
    assert read_key(tmp_path) == made
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    (tmp_path / KEY_FILE).chmod(0o644)
    read_key(tmp_path)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_first_runs_at_once_share_a_key(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != ENVIRONMENT}
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    assert len({run.communicate()[0] for run in runs}) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == [KEY_FILE.name]


def test_dbt_by_hand_tells_of_a_short_key_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEALTH_PII_KEY", "short")
    with pytest.raises(DbtRuntimeError, match=r"HEALTH_PII_KEY has 5 characters.*openssl rand"):
        Plugin("privacy", {})
