"""The parts of a refresh that need no dbt: versions, journal, status, figures, audit."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from support.project_files import ROOT

from scripts.lib.console import HealthError
from scripts.lib.refresh.artifacts import scrubbed, scrubbed_fault
from scripts.lib.refresh.audit import Figures, audit
from scripts.lib.refresh.clone import start_clone
from scripts.lib.refresh.configuration import FILE, AuditLimits, read_configuration
from scripts.lib.refresh.journal import append, entries
from scripts.lib.refresh.ledger import write_ledger
from scripts.lib.refresh.places import Places
from scripts.lib.refresh.prometheus import figures
from scripts.lib.refresh.publishing import Relation, unbound
from scripts.lib.refresh.run import new_run
from scripts.lib.refresh.status import parse_age, read_status
from scripts.lib.refresh.versions import current_version, kept_versions, prune, roll_back, switch

DAY = dt.date(2025, 12, 31)
LIMITS = AuditLimits(0.2, 0.3, 15)
PUBLISHED = Figures(DAY, accounts=100, eligible=80, scored=72, mean_score=60.0)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path / "published", tmp_path / "state")
    made.versions.mkdir(parents=True)
    return made


def add_version(places: Places, name: str, age_minutes: float = 0) -> Path:
    version = places.versions / f"{name}.duckdb"
    version.write_bytes(b"a version")
    then = time.time() - age_minutes * 60
    os.utime(version, (then, then))
    switch(places, version)
    return version


def test_the_link_is_relative_and_switched_in_one_step(places: Places) -> None:
    add_version(places, "a")
    second = add_version(places, "b")
    assert current_version(places) == second
    assert str(places.current.readlink()) == "versions/b.duckdb"
    assert sorted(path.name for path in places.published_dir.iterdir()) == [
        "current.duckdb", "versions",
    ]  # fmt: skip


def test_three_versions_and_the_young_ones_stay(places: Places) -> None:
    for name, age in (("a", 60), ("b", 50), ("c", 40), ("d", 9), ("e", 5), ("f", 1)):
        add_version(places, name, age)
    removed = prune(places, keep=2, keep_minutes=10)
    assert [path.stem for path in removed] == ["c", "b", "a"]
    assert [path.stem for path in kept_versions(places)] == ["f", "e", "d"]


def test_the_current_version_is_never_removed(places: Places) -> None:
    first = add_version(places, "a", 60)
    for name in "bcde":
        add_version(places, name, 50)
    switch(places, first)
    prune(places, keep=2, keep_minutes=10)
    assert current_version(places) == first


def test_rollback_goes_one_back_and_back_again_by_name(places: Places) -> None:
    for name in "abc":
        add_version(places, name)
    assert roll_back(places)[1].stem == "b"
    assert roll_back(places)[1].stem == "a"
    with pytest.raises(HealthError, match="no kept version before a"):
        roll_back(places)
    assert roll_back(places, "c")[1].stem == "c"
    with pytest.raises(HealthError, match="no kept version z"):
        roll_back(places, "z")


def test_a_torn_line_spoils_neither_the_one_before_nor_the_one_after(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    append(path, {"run_id": "a"})
    with path.open("a", encoding="utf-8") as handle:
        handle.write('{"run_id": "b", "sta')
    append(path, {"run_id": "c"})
    assert [entry["run_id"] for entry in entries(path)] == ["a", "c"]


def entry(run_id: str, status: str, ended_at: str, **more: Any) -> dict[str, Any]:
    run = replace(new_run(DAY), run_id=run_id, status=status).as_dict()
    return {**run, "ended_at": ended_at, **more}


def test_status_tells_how_old_and_never(places: Places) -> None:
    now = dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC)
    nothing = read_status(places, now)
    assert nothing.current is None and nothing.is_too_old(dt.timedelta(days=999))
    add_version(places, "a")
    append(places.journal, entry("a", "published", "2026-01-01T10:00:00.000Z"))
    append(places.journal, entry("b", "refused", "2026-01-02T10:00:00.000Z"))
    found = read_status(places, now)
    assert found.age == dt.timedelta(hours=26)
    assert not found.is_too_old(dt.timedelta(hours=26))
    assert found.is_too_old(dt.timedelta(hours=25, minutes=59))
    assert found.last_run is not None and found.last_run["status"] == "refused"


@pytest.mark.parametrize(
    ("text", "hours"), [("26h", 26), ("90m", 1.5), ("2d", 48), ("36 h", 36), ("30s", 1 / 120)]
)
def test_ages(text: str, hours: float) -> None:
    assert parse_age(text) == dt.timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "soon", "26", "-1h", "1h; rm -rf /"])
def test_no_age(text: str) -> None:
    with pytest.raises(HealthError, match="--max-age is"):
        parse_age(text)


def test_figures_for_prometheus() -> None:
    text = figures(
        [
            entry("a", "published", "2026-01-01T00:00:00.000Z", published_rows=7),
            entry(
                "b", "refused", "2026-01-02T00:00:00.000Z",
                exit_code=1, seconds={"build": 2.0, "audit": 0.5}, sources={"stripe": "carried"},
            ),
        ]
    )  # fmt: skip
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    values = {name.removeprefix("account_health_refresh_"): value for name, value in lines.items()}
    assert values["last_exit_code"] == "1"
    assert values["last_duration_seconds"] == "2.5"
    assert values["blocked_sources"] == "1"
    assert values["published_rows"] == "7"
    assert values["last_success_timestamp_seconds"] == "1767225600"
    assert values["last_run_timestamp_seconds"] == "1767312000"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({}, None),
        ({"accounts": 80}, None),
        ({"accounts": 79}, "loss of 21%"),
        ({"accounts": 0, "eligible": 0, "scored": 0}, "no account"),
        ({"scored": 49}, None),
        ({"scored": 47}, "41% of the eligible accounts have no score"),
        ({"mean_score": 75.0}, None),
        ({"mean_score": 44.9}, "mean overall score is 44.9"),
        ({"as_of_date": dt.date(2025, 12, 30)}, "of 2025-12-30 and not of 2025-12-31"),
    ],
)
def test_the_audit_refuses_what_does_not_resemble(
    change: dict[str, Any], reason: str | None
) -> None:
    reasons = audit(replace(PUBLISHED, **change), PUBLISHED, DAY, LIMITS)
    assert bool(reasons) == bool(reason), reasons
    if reason:
        assert reason in " ".join(reasons)


def test_the_first_build_has_nothing_to_resemble() -> None:
    assert audit(replace(PUBLISHED, accounts=1, scored=0), None, DAY, LIMITS) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("versions: {keep: 3, keep_minutes: 10}", "audit.largest_account_loss is None"),
        ("versions: {keep: 0, keep_minutes: 10}", "versions.keep is 0"),
        ("versions: {keep: 3, keep_minutes: true}", "versions.keep_minutes is True"),
        ("versions: {keep: 3, keep_minutes: 10, keep_days: 1}", "versions.keep_days is not a"),
        ("versions: [", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(HealthError, match=message):
        read_configuration(tmp_path)


def test_the_settings_of_the_project_are_sound() -> None:
    assert read_configuration(ROOT).versions.keep >= 3


def test_messages_lose_what_an_engine_quotes() -> None:
    text = scrubbed("Could not convert string 'ann@example.com' to INT32; see bob@example.org")
    assert "ann" not in text and "bob" not in text and "Could not convert string" in text


def test_what_a_test_tells_keeps_the_rows_of_the_project_alone() -> None:
    ledger = scrubbed_fault("decisions.overrides, row Jane Roe: reason_code_missing")
    assert ledger == "decisions.overrides, row …: reason_code_missing"
    told = "seeds/action_model/playbooks.csv, row 8: play adoption_plan has no owner_role"
    assert scrubbed_fault(told) == told


def test_a_view_forgets_its_database() -> None:
    sql = 'CREATE VIEW s.v AS (select a.x from "health"."s"."t" as a join health.s.u using (x));'
    assert (
        unbound(sql, "health")
        == 'CREATE VIEW s.v AS (select a.x from "s"."t" as a join s.u using (x));'
    )


def scored_version(path: Path, score: float) -> list[Relation]:
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create schema scoring; create table scoring.fct_account_health_scores as"
            " select 'a' as account_id, date '2025-12-28' as as_of_date,"
            " unnest(['overall', 'growth']) as objective_id, 'v1' as score_version,"
            f" unnest([{score}, 50.0]) as health_score, 10.0 as low_score, 90.0 as high_score,"
            " 0.5 as coverage, 'watch' as band"
        )
    return [Relation("scoring", "fct_account_health_scores", is_view=False)]


def test_building_anew_keeps_what_no_raw_file_holds(places: Places) -> None:
    places.state_dir.mkdir()
    with duckdb.connect(str(places.database)) as connection:
        connection.execute(
            "create schema snapshots; create table snapshots.snap as select 1 as account_id;"
            "create schema core; create table core.dim_accounts as select 1 as account_id"
        )
    assert start_clone(places, full_refresh=False)
    assert places.building.read_bytes() == places.database.read_bytes()
    assert not start_clone(places, full_refresh=True)
    with duckdb.connect(str(places.building), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables()"
        ).fetchall()
    assert tables == [("snapshots", "snap")]


def test_a_restated_score_stands_beside_what_was_published(tmp_path: Path) -> None:
    previous = None
    history: list[dict[str, Any]] = []
    for number, score in enumerate([70.0, 70.0 + 1e-9, 64.0]):
        version = tmp_path / f"{number}.duckdb"
        relations = scored_version(version, score)
        run = replace(new_run(DAY), run_id=f"run{number}", status="published")
        rows = write_ledger(version, previous, run, history, {}, relations)
        assert rows == 2
        history.append(json.loads(json.dumps(run.as_dict())))
        previous = version
    with duckdb.connect(str(previous), read_only=True) as connection:
        published = connection.execute(
            "select run_id, objective_id, health_score from ops.ops_published_scores order by all"
        ).fetchall()
        runs = connection.execute("select run_id, status from ops.ops_runs order by 1").fetchall()
    assert published == [
        ("run0", "growth", 50.0), ("run0", "overall", 70.0), ("run2", "overall", 64.0),
    ]  # fmt: skip
    assert runs == [(f"run{number}", "published") for number in range(3)]
