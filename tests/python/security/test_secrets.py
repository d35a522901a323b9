"""Secrets of the environment: used, and found in no log, artifact, database, journal or message."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
from support.demo_project import make_demo
from support.persons import traces
from support.project_files import ROOT
from support.small_project import SmallProject

from scripts.lib.privacy.key import padded_keys

SECRETS = {
    "HEALTH_PII_KEY": "canary-key-5f0c2b1d9e8a7c6b",
    "HEALTH_NOTIFY_URLS": "json://canary-user:canary-5f0c2b1d9e8a@127.0.0.1:9/canary-path",
    "DBT_ENV_SECRET_TOKEN": "canary-token-5f0c2b1d9e8a7c6b",
}
# Fails after it has used the key, so that the error's own text is judged too.
MODELS = {
    "pseudonyms": "select {{ keyed_hash(\"'bob@example.com'\") }} as email_hash",
    "broken": "select cast({{ keyed_hash(\"'bob@example.com'\") }} as integer) as number",
}


def spellings(secret: str) -> list[bytes]:
    """A secret as it stands, and as tools write it."""
    plain = secret.encode()
    encoded = base64.b64encode(plain).rstrip(b"=")
    inner, outer = padded_keys(plain)
    hexed = [part.hex()[:64].encode() for part in (plain, inner, outer)]
    escaped = "".join(f"\\x{byte:02X}" for byte in outer[:16]).encode()
    return [plain, quote(secret, safe="").encode(), encoded, *hexed, escaped]


def pattern() -> re.Pattern[bytes]:
    found = [spelling for secret in SECRETS.values() for spelling in spellings(secret)]
    found.append(b"canary-5f0c2b1d9e8a")
    return re.compile(b"|".join(map(re.escape, found)), re.IGNORECASE)


def raw_traces(folder: Path) -> list[str]:
    """Files whose bytes hold a secret, databases included."""
    wanted = pattern()
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and wanted.search(path.read_bytes())
    ]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> SmallProject:
    project = SmallProject(tmp_path_factory.mktemp("secrets"))
    table = "{{ config(materialized='table') }}"
    for name, sql in MODELS.items():
        project.write(f"models/{name}.sql", table + sql)
    loud = ["--log-level-file", "debug", "--log-level", "debug"]
    built, docs, kept = project.dbt(
        (["run", *loud], SECRETS),
        (["docs", "generate", "--no-compile"], SECRETS),
        # dbt itself keeps a name with this prefix out of everything but profiles.
        (["compile", "--inline", "select '{{ env_var(\"DBT_ENV_SECRET_TOKEN\") }}'"], SECRETS),
    )
    assert built.statuses["pseudonyms"] == "success", built.messages
    assert built.statuses["broken"] == "error"
    assert docs.success, docs.error
    assert not kept.success and "Secret" in kept.error
    return project


def test_no_file_of_a_build_holds_a_secret(project: SmallProject) -> None:
    kept = {path.name for path in project.project.rglob("*") if path.is_file()}
    assert {"dbt.log", "manifest.json", "run_results.json", "pseudonyms.sql"} <= kept
    assert "partial_parse.msgpack" in kept
    assert raw_traces(project.folder) == []


def test_the_key_was_used(project: SmallProject) -> None:
    with duckdb.connect(str(project.database), read_only=True) as connection:
        rows = connection.execute("select email_hash from main.pseudonyms").fetchall()
    assert len(rows) == 1 and len(rows[0][0]) == 32


def test_a_secret_would_be_found(tmp_path: Path) -> None:
    for number, secret in enumerate(SECRETS.values()):
        for index, spelling in enumerate(spellings(secret)):
            (tmp_path / f"{number}_{index}").write_bytes(b"x" + spelling + b"x")
    assert len(raw_traces(tmp_path)) == sum(len(spellings(text)) for text in SECRETS.values())


def test_a_refresh_tells_no_secret(tmp_path: Path) -> None:
    """The service cannot be reached; the journal, the artifacts and both outputs keep still."""
    demo = make_demo(tmp_path)
    done = demo.run("--as-of", "2025-12-31", **SECRETS, HEALTH_NOTIFY_ON="all")
    assert done.returncode == 0, done.stderr
    failed = demo.run("--as-of", "2025-12-31", "--timeout", "1s", **SECRETS)
    assert failed.returncode == 2
    said = done.stdout + done.stderr + failed.stdout + failed.stderr
    assert not pattern().search(said.encode()), said
    assert demo.journal()
    assert raw_traces(tmp_path) == []
    assert not list(traces(demo.folder, pattern(), set()))


def test_no_file_of_the_project_names_a_secret_of_the_environment() -> None:
    """A model that read one would write it into the manifest and the compiled SQL."""
    secrets = re.compile(r"env_var\(\s*['\"](?:HEALTH_PII_KEY|HEALTH_NOTIFY_URLS|DBT_ENV_SECRET)")
    places = [
        str(path.relative_to(ROOT))
        for folder in ("models", "macros", "seeds", "snapshots", "tests/singular", "tests/generic")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".sql", ".yml") and secrets.search(path.read_text(encoding="utf-8"))
    ]
    assert places == []
    assert not secrets.search((ROOT / "profiles.yml").read_text(encoding="utf-8"))
