"""The gate as a whole: what is taken in, carried on, and told."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from support.gate_world import AS_OF, STARTED, GateWorld, blocked, found, source

from scripts.lib.console import HealthError
from scripts.lib.gate.gate import GateRefusedError
from scripts.lib.gate.manifest import write_manifests
from scripts.lib.settings import PROJECT_ROOT

SYSTEMS = {
    "customer_success", "decisions", "market", "marketing", "product_events", "salesforce",
    "stripe", "surveys", "zendesk",
}  # fmt: skip


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def double_amounts(world: GateWorld) -> None:
    world.change("stripe.invoice", lambda frame: frame.with_columns(pl.col("total") * 100))


def test_a_first_run_takes_everything_in(landed: GateWorld) -> None:
    write_manifests(landed.raw)
    result = landed.run()
    assert {row.system: row.decision for row in result.sources} == dict.fromkeys(SYSTEMS, "new")
    assert blocked(result) == set()
    assert digests(landed.places.accepted_dir) == digests(landed.raw)
    assert result.late_systems == ()
    assert len(result.changed_files) == len(digests(landed.raw))
    assert {row["decision"] for row in result.source_rows()} == {"new"}
    summary = json.loads((landed.places.accepted_dir / "manifest.json").read_text())
    assert summary["stripe"]["run_id"] == "run-1"


def test_nothing_new_changes_nothing(world: GateWorld) -> None:
    before = digests(world.places.accepted_dir)
    result = world.run()
    assert {row.decision for row in result.sources} == {"accepted"}
    assert (result.changed_files, result.changed_dates) == ((), {})
    assert digests(world.places.accepted_dir) == before


def test_standing_warnings_are_told_again(landed: GateWorld) -> None:
    first, second = landed.run(), landed.run()
    assert [row.message for row in first.findings] == [row.message for row in second.findings]
    assert first.findings


def test_a_blocked_system_is_carried_and_heals(world: GateWorld) -> None:
    good = world.path("stripe.invoice").read_bytes()
    before = digests(world.places.accepted_dir)
    double_amounts(world)
    world.change("zendesk.ticket", lambda frame: frame.with_columns(is_public=pl.lit(True)))

    second = world.run()
    assert source(second, "stripe").decision == "carried"
    assert source(second, "zendesk").decision == "accepted"
    assert second.late_systems == ("stripe",)
    after = digests(world.places.accepted_dir)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"zendesk/ticket.parquet"}
    table = pl.read_parquet(world.places.derived_dir / "source_incidents.parquet")
    open_rows = table.filter(pl.col("closed_on").is_null())
    assert open_rows["system"].unique().to_list() == ["stripe"]
    assert set(table.columns) == {
        "incident_id", "system", "rule_id", "table_name", "opened_on", "closed_on", "message",
    }  # fmt: skip

    world.path("stripe.invoice").write_bytes(good)
    third = world.run(AS_OF + dt.timedelta(days=1))
    assert source(third, "stripe").decision == "accepted"
    assert third.late_systems == ()
    closed = pl.read_parquet(world.places.derived_dir / "source_incidents.parquet")
    assert closed["closed_on"].to_list() == [AS_OF + dt.timedelta(days=1)] * closed.height
    assert closed["opened_on"].to_list() == [AS_OF] * closed.height


def test_an_incident_stays_one_while_it_lasts(world: GateWorld) -> None:
    double_amounts(world)
    first = world.run()
    second = world.run(AS_OF + dt.timedelta(days=1))
    assert [row.incident_id for row in first.incidents] == [
        row.incident_id for row in second.incidents
    ]
    assert len(first.incidents) == len(found(first, "median_shift")) + len(
        found(first, "recent_shift")
    )


def test_a_new_system_that_is_blocked_is_absent(landed: GateWorld) -> None:
    landed.path("zendesk.ticket").write_bytes(b"")
    result = landed.run()
    assert source(result, "zendesk").decision == "absent"
    assert not (landed.places.accepted_dir / "zendesk").exists()
    assert source(result, "stripe").decision == "new"


def test_a_system_that_was_never_there_is_absent_without_a_word(landed: GateWorld) -> None:
    for path in (landed.raw / "market").iterdir():
        path.unlink()
    result = landed.run()
    assert source(result, "market").decision == "absent"
    assert source(result, "market").findings == ()


@pytest.mark.parametrize("content", [None, b"", b"not a table"])
def test_without_accounts_nothing_begins(landed: GateWorld, content: bytes | None) -> None:
    path = landed.path("salesforce.account")
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GateRefusedError) as refused:
        landed.run()
    assert refused.value.exit_code == 1
    assert "salesforce.account" in refused.value.message
    assert not (landed.places.accepted_dir / "stripe").exists()


def test_without_new_accounts_the_last_ones_carry_on(world: GateWorld) -> None:
    world.path("salesforce.account").unlink()
    result = world.run()
    assert source(result, "salesforce").decision == "carried"
    assert found(result, "file_missing")[0].table == "account"


def test_a_stale_required_source_stops_the_run(world: GateWorld) -> None:
    with pytest.raises(GateRefusedError) as refused:
        world.run(AS_OF + dt.timedelta(days=40), STARTED + dt.timedelta(days=40))
    assert refused.value.exit_code == 3
    assert "salesforce" in refused.value.message
    assert found(refused.value.result, "freshness")


def test_freshness_has_an_hour_that_it_turns(world: GateWorld) -> None:
    newest = max(
        dt.datetime.fromisoformat(profile.max_loaded)
        for profile in world.run().profiles
        if profile.system == "product_events" and profile.max_loaded
    )
    for hours, late in ((71, False), (73, True)):
        started = (newest + dt.timedelta(hours=hours)).replace(tzinfo=dt.UTC)
        other = world.copy_to(world.folder.with_name(f"after_{hours}"))
        fresh = other.settings.root / "config" / "source_gate.yml"
        assert fresh.is_file()
        try:
            result = other.run(started.date() + dt.timedelta(days=1), started)
        except GateRefusedError as refused:
            result = refused.result
        stale = {row.system for row in found(result, "freshness") if row.table is None}
        assert ("product_events" in stale) is late


def test_a_table_may_be_late_while_its_system_is_not(world: GateWorld) -> None:
    limit = dt.datetime(2025, 12, 20)
    world.change(
        "product_events.tracks",
        lambda frame: frame.filter(pl.col("received_at") < limit),
    )
    (world.places.accepted_dir / "product_events" / "_accepted.json").unlink()
    result = world.run()
    assert [row.table for row in found(result, "freshness")] == ["tracks"]


def test_an_hour_in_the_future_does_not_hide_that_a_source_is_late(landed: GateWorld) -> None:
    def freeze(frame: pl.DataFrame) -> pl.DataFrame:
        clock = pl.col("_fivetran_synced")
        far = pl.lit(dt.datetime(2099, 1, 1)).cast(frame["_fivetran_synced"].dtype)
        first = (pl.int_range(pl.len()) == 0) & (pl.len() > 200)
        known = frame.filter(clock < dt.datetime(2025, 11, 1))
        return known.with_columns(
            pl.when(first).then(far).otherwise(clock).alias("_fivetran_synced")
        )

    for path in sorted((landed.raw / "stripe").glob("*.parquet")):
        landed.change(f"stripe.{path.stem}", freeze)
    result = landed.run()
    assert "stripe" in {row.system for row in found(result, "freshness")}
    assert {row.action for row in found(result, "future_load")} == {"warn"}


def test_only_changed_files_are_read_again(
    world: GateWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scripts.lib.gate import candidate

    read: list[str] = []
    original = candidate.profile_file

    def counted(connection, reader, table, found, file):  # type: ignore[no-untyped-def]
        read.append(f"{table.system}.{table.table}")
        return original(connection, reader, table, found, file)

    monkeypatch.setattr(candidate, "profile_file", counted)
    world.change("zendesk.ticket", lambda frame: frame.with_columns(is_public=pl.lit(True)))
    world.run()
    assert read == ["zendesk.ticket"]


def test_changed_dates_are_exact(world: GateWorld) -> None:
    days = {dt.date(2025, 3, 4), dt.date(2025, 12, 30)}

    def correct(frame: pl.DataFrame) -> pl.DataFrame:
        chosen = pl.col("timestamp").dt.date().is_in(list(days))
        return frame.with_columns(
            context_user_type=pl.when(chosen)
            .then(pl.lit("employee"))
            .otherwise("context_user_type")
        )

    frame = world.read("product_events.tracks")
    present = set(frame["timestamp"].dt.date().to_list()) & days
    world.change("product_events.tracks", correct)
    result = world.run()
    assert set(result.changed_dates["product_events.tracks"]) == present
    assert [row.action for row in found(result, "changed_rows")] == ["backfill"]


def test_another_order_of_rows_and_columns_is_no_change_of_any_date(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: frame.select(sorted(frame.columns)).reverse())
    result = world.run()
    assert result.changed_dates["zendesk.ticket"] == ()
    assert found(result, "changed_rows") == []


def test_a_damaged_accepted_copy_is_restored(world: GateWorld) -> None:
    path = world.accepted("stripe.invoice")
    good = path.read_bytes()
    path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
    result = world.run()
    assert found(result, "accepted_copy")
    assert path.read_bytes() == good


def test_a_damaged_accepted_copy_that_nothing_replaces_stops_the_run(world: GateWorld) -> None:
    path = world.accepted("stripe.invoice")
    path.write_bytes(path.read_bytes()[:-4])
    world.path("stripe.invoice").unlink()
    with pytest.raises(GateRefusedError) as refused:
        world.run()
    assert refused.value.exit_code == 1
    assert "invoice.parquet" in refused.value.message


def test_a_file_that_is_still_written_is_not_taken(
    world: GateWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    from scripts.lib.gate import landing

    def torn(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes() + b"more")

    double = lambda frame: pl.concat([frame, frame.tail(1)])  # noqa: E731
    world.change("zendesk.ticket", double)
    monkeypatch.setattr(landing.shutil, "copyfile", torn)
    result = world.run()
    assert next(row.rule_id for row in result.findings if row.action == "block") == (
        "changed_while_read"
    )
    assert source(result, "zendesk").decision == "carried"


def test_a_fault_of_the_parent_is_not_laid_on_the_child(world: GateWorld) -> None:
    world.change("salesforce.account", lambda frame: frame.head(frame.height * 17 // 20))
    world.change("zendesk.organization", lambda frame: frame.with_columns(notes=pl.lit("x")))
    result = world.run()
    assert blocked(result) == {"salesforce"}


def test_volume_is_compared_with_the_weekday(world: GateWorld) -> None:
    from scripts.lib.gate.history import FILE

    lines = (world.places.state_dir / FILE).read_text().splitlines()
    entries = [json.loads(line) for line in lines]
    ticket = next(entry for entry in entries if entry["table"] == "zendesk.ticket")
    history = []
    for back in range(1, 29):
        day = AS_OF - dt.timedelta(days=back)
        quiet = day.weekday() == AS_OF.weekday()
        rows = ticket["rows"] // 2 if quiet else ticket["rows"]
        history.append({**ticket, "as_of_date": day.isoformat(), "rows": rows})
    path = world.places.state_dir / FILE
    path.write_text("".join(json.dumps(row) + "\n" for row in history))
    cut = lambda frame: frame.head(frame.height * 6 // 10)  # noqa: E731
    world.change("zendesk.ticket", cut)
    assert found(world.run(), "volume") == []
    path.write_text("".join(json.dumps({**row, "rows": ticket["rows"]}) + "\n" for row in history))
    assert [row.table for row in found(world.run(), "volume")] == ["ticket"]


def test_a_table_that_is_given_up_goes_by_an_override(world: GateWorld, tmp_path: Path) -> None:
    root = tmp_path / "project"
    for name in ("models/staging", "macros/engine", "seeds/mappings", "config"):
        shutil.copytree(PROJECT_ROOT / name, root / name)
    shutil.copy(PROJECT_ROOT / "dbt_project.yml", root)
    path = root / "config" / "source_gate.yml"
    given_up = """
  - rule: file_missing
    table: market.mention
    action: warn
    reason: The provider was left.
"""
    path.write_text(path.read_text().replace("\noverrides:", f"\noverrides:{given_up}"))
    world.path("market.mention").unlink()
    result = world.run(root=root)
    assert source(result, "market").decision == "accepted"
    assert not world.accepted("market.mention").exists()
    assert found(world.run(root=root), "file_missing") == []


def test_a_record_that_cannot_be_read_says_what_to_do(world: GateWorld) -> None:
    record = world.places.accepted_dir / "market" / "_accepted.json"
    record.write_text(record.read_text()[:-9])
    with pytest.raises(HealthError) as refused:
        world.run()
    assert (refused.value.exit_code, "market" in refused.value.message) == (1, True)
    shutil.rmtree(record.parent)
    assert source(world.run(), "market").decision == "new"
