"""What may happen to landed tables between two loads, beside the rows that are due.

An event changes the tables and returns what it did in a few words, or nothing where it finds
nothing to do.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from support.landing import WHOLE, LandedTable, Rows, by_month, pick

LARGE = (
    "product_events.tracks", "zendesk.ticket", "zendesk.ticket_comment",
    "zendesk.ticket_field_history", "marketing.email_event", "salesforce.task", "stripe.invoice",
    "stripe.charge", "surveys.survey_responses",
)  # fmt: skip
DELETED = ("is_deleted", "_fivetran_deleted")
ACCOUNTS = "salesforce.account"
MOST_ROWS = 5


@dataclass
class Landing:
    """The tables while a load is made: what lies there, what was held back, and the time."""

    rng: random.Random
    tables: dict[str, LandedTable]
    held: dict[str, list[Rows]]
    number: int = 0
    since: dt.datetime = dt.datetime.min
    cut: dt.datetime = dt.datetime.min
    story: list[str] = field(default_factory=list)

    @property
    def part(self) -> str:
        """The name of this load's part."""
        return f"load-{self.number}"

    def now(self) -> dt.datetime:
        """A moment of this load."""
        minutes = max(2, int((self.cut - self.since).total_seconds() // 60))
        return self.cut - dt.timedelta(minutes=self.rng.randrange(1, minutes))

    def table(self) -> LandedTable:
        """Any table; a large one most often."""
        names = sorted(self.tables)
        weights = [8 if name in LARGE else 1 for name in names]
        return self.tables[self.rng.choices(names, weights)[0]]

    def stamped(self, table: LandedTable, rows: Rows) -> Rows:
        """Rows with the loader's clock of this load."""
        return rows.with_columns(
            pl.lit(self.now()).cast(rows.schema[table.spec.clock]).alias(table.spec.clock)
        )


def late(landing: Landing) -> str | None:
    """Rows of days or months ago arrive now, under today's clock or under the one of then."""
    names = sorted(name for name, held in landing.held.items() if held)
    if not names:
        return None
    table = landing.tables[landing.rng.choice(names)]
    rows = landing.held[table.name].pop()
    is_stamped = landing.rng.random() < 0.5
    table.append(landing.stamped(table, rows) if is_stamped else rows, landing.part)
    return f"{table.name}: {rows.height} late, {'now' if is_stamped else 'then'} on the clock"


def duplicate(landing: Landing) -> str | None:
    """Rows are delivered again, equal to the byte or with a later load."""
    table = landing.table()
    rows = pick(landing.rng, table.rows, MOST_ROWS)
    if rows.is_empty():
        return None
    is_stamped = landing.rng.random() < 0.5
    table.append(landing.stamped(table, rows) if is_stamped else rows, landing.part)
    return f"{table.name}: {rows.height} again, {'later' if is_stamped else 'byte-equal'}"


def correct(landing: Landing) -> str | None:
    """A column of a few rows is changed: with a later load, or silently where it lies."""
    table, rng = landing.table(), landing.rng
    old = pick(rng, table.rows, MOST_ROWS)
    fixed = (*table.spec.key, table.spec.clock)
    columns = [name for name in old.columns if name not in fixed]
    if old.is_empty() or not columns:
        return None
    column = rng.choice(columns)
    values = [changed_value(rng, table.rows[column], value) for value in old[column]]
    new = old.with_columns(pl.Series(column, values, dtype=old.schema[column]))
    way = rng.choices(["version", "in place", "silent"], [6, 2, 2])[0]
    if way != "silent":
        new = landing.stamped(table, new)
    if way == "version":
        table.update(new, landing.part)
    else:
        table.overwrite(old, new)
    return f"{table.name}: {old.height} corrected in {column}, {way}"


def delete(landing: Landing) -> str | None:
    """Rows are flagged as deleted, or are gone from the files."""
    rng = landing.rng
    flagged = [one for one in landing.tables.values() if set(DELETED) & set(one.spec.columns)]
    has_flag = rng.random() < 0.5
    table = rng.choice(flagged) if has_flag else landing.table()
    rows = pick(rng, table.rows, MOST_ROWS)
    if rows.is_empty():
        return None
    if has_flag:
        (flag,) = set(DELETED) & set(table.spec.columns)
        deleted = rows.with_columns(pl.lit(True).alias(flag))
        table.update(landing.stamped(table, deleted), landing.part)
        return f"{table.name}: {rows.height} flagged as deleted"
    table.remove(rows)
    return f"{table.name}: {rows.height} gone"


def merge_accounts(landing: Landing) -> str | None:
    """An account of the CRM is merged into another."""
    table = landing.tables[ACCOUNTS]
    alive = table.rows.filter(~pl.col("is_deleted"))
    if alive.height < 4:
        return None
    merged, survivor = landing.rng.sample(alive.rows(named=True), 2)
    row = alive.filter(pl.col("id") == merged["id"]).with_columns(
        is_deleted=pl.lit(True),
        master_record_id=pl.lit(survivor["id"]),
        last_modified_date=pl.lit(landing.now()),
    )
    table.update(landing.stamped(table, row), landing.part)
    return f"account {merged['id']} merged into {survivor['id']}"


def change_account(landing: Landing) -> str | None:
    """The CRM overwrites what a snapshot keeps."""
    table = landing.tables[ACCOUNTS]
    old = pick(landing.rng, table.rows, 2)
    column = landing.rng.choice(["owner_id", "segment_c", "industry", "touch_model_c"])
    values = [changed_value(landing.rng, table.rows[column], value) for value in old[column]]
    new = old.with_columns(pl.Series(column, values, dtype=old.schema[column]))
    table.update(landing.stamped(table, new), landing.part)
    return f"{old.height} accounts with another {column}"


def relink(landing: Landing) -> str | None:
    """A billing customer, a help desk organization or a workspace belongs to another account."""
    rng = landing.rng
    name, column = rng.choice(
        [
            ("stripe.customer", "metadata"),
            ("zendesk.organization", "external_id"),
            ("product_events.groups", "crm_account_id"),
            ("salesforce.contact", "account_id"),
        ]
    )
    table = landing.tables[name]
    old = pick(rng, table.rows, 1)
    if old.is_empty():
        return None
    account = rng.choice(landing.tables[ACCOUNTS].rows["id"].to_list())
    value = f'{{"crm_account_id": "{account}"}}' if column == "metadata" else account
    new = old.with_columns(pl.lit(value).cast(old.schema[column]).alias(column))
    table.update(landing.stamped(table, new), landing.part)
    return f"{name}: one linked to account {account}"


def add_account(landing: Landing) -> str | None:
    """A new account, which may take over a billing customer."""
    table, rng = landing.tables[ACCOUNTS], landing.rng
    pattern = table.rows.filter(~pl.col("is_deleted"))
    if pattern.is_empty():
        return None
    account = f"001Hs0000NEW{landing.number:02d}{rng.randrange(10_000):04d}"
    row = pick(rng, pattern, 1).with_columns(
        id=pl.lit(account),
        name=pl.lit(f"Company {account}"),
        website=pl.lit(f"https://{account.lower()}.example"),
        created_date=pl.lit(landing.now()),
        last_modified_date=pl.lit(landing.now()),
    )
    table.append(landing.stamped(table, row), landing.part)
    customers = landing.tables["stripe.customer"]
    if rng.random() < 0.5 and not customers.rows.is_empty():
        link = pl.lit(f'{{"crm_account_id": "{account}"}}')
        moved = pick(rng, customers.rows, 1).with_columns(metadata=link)
        customers.update(landing.stamped(customers, moved), landing.part)
        return f"account {account} is new, with a billing customer"
    return f"account {account} is new"


def empty_part(landing: Landing) -> str | None:
    """A part has no rows any more, or is gone."""
    table, part = _old_part(landing)
    if table is None:
        return None
    if landing.rng.random() < 0.5 and len(table.files) > 1:
        del table.files[part]
        return f"{table.name}: part {part} is gone"
    table.put(part, table.files[part].clear())
    return f"{table.name}: part {part} is emptied"


def rewrite_part(landing: Landing) -> str | None:
    """A part is written again: other order, a few rows less, or rows that another part has."""
    table, part = _old_part(landing)
    if table is None:
        return None
    way = landing.rng.choice(["in another order", "with fewer rows", "with another part's rows"])
    rows = table.files[part]
    if way == "in another order":
        rows = rows.reverse()
    elif way == "with fewer rows":
        rows = rows.filter(pl.int_range(pl.len()) % landing.rng.randint(2, 20) != 0)
    else:
        rows = pl.concat([rows, pick(landing.rng, table.rows, MOST_ROWS)])
    table.put(part, rows)
    return f"{table.name}: part {part} is written again {way}"


def regroup(landing: Landing) -> str | None:
    """The same rows in other files: a table in parts, two parts joined, parts in one file."""
    table = landing.table()
    if not table.is_in_parts:
        table.split(by_month(table.spec, table.rows))
        return f"{table.name}: {len(table.files)} parts instead of a file"
    if len(table.files) > 1 and landing.rng.random() < 0.7:
        first, second = landing.rng.sample(sorted(table.files), 2)
        table.put(first, pl.concat([table.files[first], table.files.pop(second)]))
        table.changed.discard(second)
        return f"{table.name}: part {second} is joined to {first}"
    table.split({WHOLE: table.rows})
    return f"{table.name}: a file instead of parts"


EVENTS: dict[Callable[[Landing], str | None], int] = {
    late: 5, duplicate: 4, correct: 6, delete: 4, merge_accounts: 1, change_account: 2,
    relink: 2, add_account: 2, empty_part: 1, rewrite_part: 2, regroup: 2,
}  # fmt: skip


def changed_value(rng: random.Random, column: pl.Series, value: Any) -> Any:
    """Another value of a column: one of another row, a little more, or none at all."""
    kind = rng.choices(["other", "more", "none"], [5, 4, 1])[0]
    if kind == "none":
        return None
    if kind == "other" or value is None:
        return rng.choice(column.to_list())
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1 if rng.random() < 0.5 else value * 2
    if isinstance(value, dt.datetime | dt.date):
        return value + dt.timedelta(days=rng.choice([-40, -8, -1, 1, 3]))
    return f"{value} again"


def _old_part(landing: Landing) -> tuple[LandedTable | None, str]:
    """A part of an earlier load; the accounts are left alone, as no build does without them."""
    tables = [
        table
        for name, table in sorted(landing.tables.items())
        if table.is_in_parts and name != ACCOUNTS
    ]
    if not tables:
        return None, ""
    weights = [8 if table.name in LARGE else 1 for table in tables]
    table = landing.rng.choices(tables, weights)[0]
    parts = sorted(file for file in table.files if file != landing.part)
    return (table, landing.rng.choice(parts)) if parts else (None, "")
