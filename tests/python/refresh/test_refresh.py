"""`health refresh` on the demo project: what readers see, exit codes, the journal, the way back."""

from __future__ import annotations

import json
import os
import signal
import stat
import time
from pathlib import Path

import duckdb
import pytest
from support.demo_project import DAY, FIRST, Demo

from scripts.lib.locking import held


def test_a_version_holds_what_is_public_and_nothing_else(demo: Demo) -> None:
    with duckdb.connect(str(demo.current), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema, table_name, table_type from information_schema.tables"
            " where table_schema not in ('ops') order by all"
        ).fetchall()
        runs = connection.execute("select status, tests from ops.ops_runs").fetchall()
        nodes = connection.execute("select count(*) from ops.ops_nodes").fetchall()
    assert tables == [
        ("core", "dim_first", "BASE TABLE"),
        ("core", "dim_second", "BASE TABLE"),
        ("core", "dim_third", "BASE TABLE"),
        ("core", "dim_view", "VIEW"),
        ("core", "int_hidden", "BASE TABLE"),  # the view reads it
    ]
    assert runs == [("published", 1)]
    assert nodes == [(7,)]


def test_a_version_is_sealed_and_of_an_old_storage(demo: Demo) -> None:
    version = demo.current.resolve()
    assert stat.S_IMODE(version.stat().st_mode) == 0o444
    assert not list(version.parent.glob("*.wal"))
    with duckdb.connect() as connection:
        connection.execute(f"attach '{version}' as any_name (read_only)")
        tags = connection.execute(
            "select tags from duckdb_databases() where database_name = 'any_name'"
        ).fetchone()
        assert connection.execute("select stamp from any_name.core.dim_view").fetchone() == (1,)
    assert tags is not None and tags[0]["storage_version"] == "v1.2.0+"


def test_a_second_run_publishes_and_the_journal_knows_both(demo: Demo) -> None:
    before = demo.current.resolve()
    result = demo.run(*DAY, "--json", DEMO_STAMP="2")
    assert result.returncode == 0, result.stderr
    assert demo.stamps() == {2}
    assert json.loads(result.stdout)["status"] == "published"
    assert demo.stamps(before) == {1}
    back = demo.run(command="rollback")
    assert back.returncode == 0, back.stderr
    assert demo.current.resolve() == before
    forward = demo.run("--to", str(json.loads(result.stdout)["run_id"]), command="rollback")
    assert forward.returncode == 0 and demo.stamps() == {2}
    assert [entry["status"] for entry in demo.journal()] == [
        "published", "published", "rolled_back", "rolled_back",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sql", "code", "message"),
    [
        ("select cast(null as integer) as stamp, 1 as demo_id", 1, "not_null_dim_first_stamp"),
        ("select missing_column as stamp", 1, "missing_column"),
        (
            "select cast('ann' || chr(64) || 'example.com' as integer) as stamp",
            1,
            "Could not convert",
        ),
        ("select * from {{ ref('dim_nowhere') }}", 2, "dim_nowhere"),
    ],
)
def test_a_run_that_fails_publishes_nothing(demo: Demo, sql: str, code: int, message: str) -> None:
    before = demo.current.resolve()
    demo.write_model("dim_first", sql)
    try:
        result = demo.run(*DAY)
    finally:
        demo.write_model("dim_first", FIRST)
    assert result.returncode == code, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert "last published version is unchanged" in result.stderr
    assert demo.current.resolve() == before
    last = demo.journal()[-1]
    assert (last["status"], last["exit_code"]) == ("refused" if code == 1 else "failed", code)
    everything = result.stderr + json.dumps(last)
    for path in demo.state.glob("runs/*/**/*"):
        if path.is_file() and path.suffix in {".json", ".log"} and path.name != "manifest.json":
            everything += path.read_text(encoding="utf-8")
    assert "ann@" not in everything


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_run_and_the_next_one_works(demo: Demo, number: signal.Signals) -> None:
    before = demo.current.resolve()
    process = demo.start(*DAY, DEMO_WORK="100000000000", DEMO_STAMP="9")
    demo.wait_for_line(process, "start model.account_health.dim_third")
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert process.returncode == 2, stderr
    assert f"stopped at the step build: {number.name}" in stderr
    assert demo.current.resolve() == before
    assert demo.journal()[-1]["status"] == "interrupted"
    with held(demo.state / ".lock", "the child still runs"):
        pass


def test_the_time_limit_ends_the_run(demo: Demo) -> None:
    result = demo.run(*DAY, "--timeout", "8s", DEMO_WORK="100000000000")
    assert result.returncode == 2
    assert "time limit of 8 s" in result.stderr


def test_status_notices_what_never_ran(demo: Demo, tmp_path: Path) -> None:
    fresh = demo.run("--max-age", "26h", command="status")
    assert fresh.returncode == 0, fresh.stderr
    never = demo.run(
        "--max-age", "26h", command="status", HEALTH_PUBLISHED_DIR=str(tmp_path / "none")
    )
    assert never.returncode == 3
    assert "Nothing was ever published" in never.stdout
    then = time.time() - 27 * 3600
    os.utime(demo.current.resolve(), (then, then))
    journal = demo.published / "journal.jsonl"
    kept = journal.read_text(encoding="utf-8")
    try:
        journal.unlink()
        old = demo.run("--max-age", "26h", command="status")
    finally:
        journal.write_text(kept, encoding="utf-8")
    assert old.returncode == 3, old.stdout


def test_a_folder_that_is_none(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in ("HEALTH_STATE_DIR", "HEALTH_PUBLISHED_DIR"):
        result = demo.run(*DAY, **{place: str(tmp_path / "file" / "below")})
        assert result.returncode == 2, result.stderr
        assert "Traceback" not in result.stderr
        assert str(tmp_path / "file") in result.stderr
