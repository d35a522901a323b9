"""Ten changes of the schema on five sources: the message names the column, always."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
import pytest
from support.batteries import count
from support.gate_world import GateWorld

pytestmark = pytest.mark.battery


@dataclass(frozen=True)
class Table:
    """A table and the columns that the changes touch."""

    name: str
    key: str
    moment: str
    clock: str
    reference: str
    optional: str


TABLES = [
    Table("salesforce.account", "id", "name", "_fivetran_synced", "name", "industry"),
    Table("stripe.invoice", "id", "created", "_fivetran_synced", "customer_id", "number"),
    Table("zendesk.ticket", "id", "created_at", "_fivetran_synced", "status", "subject"),
    Table("product_events.tracks", "id", "timestamp", "received_at", "event", "anonymous_id"),
    Table("surveys.survey_responses", "id", "created_at", "_sdc_received_at", "person", "comment"),
]
Mutation = Callable[[pl.DataFrame, Table], tuple[pl.DataFrame, str, str]]
MUTATIONS: dict[str, Mutation] = {
    "key_gone": lambda frame, t: (frame.drop(t.key), t.key, "column_missing"),
    "moment_renamed": lambda frame, t: (
        frame.rename({t.moment: "some_other_name"}), t.moment, "column_missing",
    ),
    "clock_gone": lambda frame, t: (frame.drop(t.clock), t.clock, "column_missing"),
    "clock_is_a_flag": lambda frame, t: (
        frame.with_columns(pl.lit(True).alias(t.clock)), t.clock, "column_type",
    ),
    "key_is_a_list": lambda frame, t: (
        frame.with_columns(pl.concat_list(pl.col(t.key)).alias(t.key)), t.key, "column_type",
    ),
    "reference_is_a_struct": lambda frame, t: (
        frame.with_columns(pl.struct(pl.col(t.reference).alias("x")).alias(t.reference)),
        t.reference,
        "column_type",
    ),
    "key_is_binary": lambda frame, t: (
        frame.with_columns(pl.col(t.key).cast(pl.String).cast(pl.Binary)), t.key, "column_type",
    ),
    "clock_is_words": lambda frame, t: (
        frame.with_columns(pl.lit("last night").alias(t.clock)), t.clock, "unparsable",
    ),
    "column_added": lambda frame, t: (
        frame.with_columns(pl.lit(1).alias("brand_new")), "brand_new", "column_added",
    ),
    "optional_gone": lambda frame, t: (frame.drop(t.optional), t.optional, "column_gone"),
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("mutation", MUTATIONS)
def test_message_names_the_column(world: GateWorld, table: Table, mutation: str) -> None:
    frame, column, rule = MUTATIONS[mutation](world.read(table.name), table)
    world.write(table.name, frame)
    result = world.run()
    named = [row for row in result.findings if row.rule_id == rule and row.column == column]
    assert named, [row.message for row in result.findings]
    assert column in named[0].message
    assert table.name in named[0].message
    assert named[0].advice
    expected = "warn" if rule in ("column_added", "column_gone") else "block"
    assert named[0].action == expected


def test_ten_on_each_of_five_sources() -> None:
    changes = len(TABLES) * len(MUTATIONS)
    assert changes >= 50
    count("schema changes on five sources", changes, 50, "every message names the column")
