"""No message, record or incident holds a value of a text column."""

from __future__ import annotations

import duckdb
import polars as pl
import pytest
from support.gate_world import GateWorld, found

CANARY = "CANARY_7F3A_someone@example.com"


def test_no_text_of_any_row_is_repeated(world: GateWorld) -> None:
    canaries = 0
    for path in sorted(world.raw.glob("*/*.parquet")):
        table = f"{path.parent.name}.{path.stem}"
        frame = world.read(table)
        texts = [name for name, kind in frame.schema.items() if kind == pl.String]
        chosen = pl.int_range(pl.len()) % 3 == 0
        world.write(
            table,
            frame.with_columns(
                pl.when(chosen).then(pl.lit(CANARY + "\u202e")).otherwise(name).alias(name)
                for name in texts
            ),
        )
        canaries += len(texts)
    result = world.run()
    assert canaries > 100
    assert len(result.findings) > 50
    told = [f"{row.message} {row.advice} {row.as_dict()}" for row in result.findings]
    told += [str(row) for row in (*result.incidents, *result.source_rows())]
    records = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in world.places.state_dir.rglob("*")
        if path.is_file() and not path.name.endswith((".parquet", ".csv"))
    ]
    assert len(records) > 10
    for text in [*told, *records]:
        assert "CANARY" not in text.upper()
    table = pl.read_parquet(world.places.derived_dir / "source_incidents.parquet")
    assert "CANARY" not in str(table.to_dicts()).upper()


def test_what_the_engine_says_of_a_bad_file_is_not_repeated(world: GateWorld) -> None:
    frame = world.read("zendesk.ticket").with_columns(subject=pl.lit(CANARY))
    path = world.write_csv("zendesk.ticket", frame)
    path.write_bytes(path.read_bytes() + "ü".encode("latin-1"))
    result = world.run()
    with duckdb.connect() as connection, pytest.raises(duckdb.Error, match=CANARY):
        connection.execute(f"from read_csv('{path}', all_varchar = true)").fetchall()
    assert found(result, "unreadable")
    assert all(CANARY not in f"{row.message} {row.advice}" for row in result.findings)


def test_a_finding_says_where_and_what_to_do(world: GateWorld) -> None:
    bad = pl.when(pl.int_range(pl.len()) >= 100).then(pl.lit(-5)).otherwise("total")
    world.change("stripe.invoice", lambda frame: frame.with_columns(bad.alias("total")))
    row = next(row for row in world.run().findings if row.action == "block")
    assert (row.system, row.table, row.column) == ("stripe", "invoice", "total")
    assert row.file == "invoice.parquet"
    assert row.row_count > 300
    assert len(row.first_rows) == 3
    assert set(row.first_rows) <= set(range(1, 104))
    assert row.advice
