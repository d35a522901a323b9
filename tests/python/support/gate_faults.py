"""Bad inputs, one function each, with what must come of them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from scripts.lib.gate.manifest import NAME, write_manifests
from support.gate_world import GateWorld

Fault = Callable[[GateWorld], None]
BLOCK, WARN, BACKFILL = "block", "warn", "backfill"
# Set aside row by row in staging: the gate counts the rows and lets the others through.
STAGING = "staging"
# Staging reads it as meant: no rule may block.
HARMLESS = "harmless"


@dataclass(frozen=True)
class Case:
    """One bad input."""

    name: str
    system: str
    outcome: str
    rule: str
    fault: Fault


CASES: list[Case] = []


def case(outcome: str, system: str, rule: str = "") -> Callable[[Fault], Fault]:
    def register(fault: Fault) -> Fault:
        CASES.append(Case(fault.__name__, system, outcome, rule, fault))
        return fault

    return register


def rows(start: int, end: int | None = None) -> pl.Expr:
    """The rows from a number on."""
    number = pl.int_range(pl.len())
    return number >= start if end is None else (number >= start) & (number < end)


def put(frame: pl.DataFrame, column: str, where: pl.Expr, value: object) -> pl.DataFrame:
    """A value in some rows, in the column's own type."""
    literal = value if isinstance(value, pl.Expr) else pl.lit(value)
    literal = literal.cast(frame.schema[column])
    return frame.with_columns(pl.when(where).then(literal).otherwise(column).alias(column))


def put_in(world: GateWorld, table: str, column: str, where: pl.Expr, value: object) -> None:
    world.change(table, lambda frame: put(frame, column, where, value))


def overwrite(world: GateWorld, table: str, content: bytes) -> None:
    path = world.path(table)
    path.unlink()
    path.write_bytes(content)


# -- files ---------------------------------------------------------------------------------------


@case(BLOCK, "zendesk", "file_missing")
def missing_file(world: GateWorld) -> None:
    world.path("zendesk.ticket").unlink()


@case(BLOCK, "market", "file_missing")
def missing_system(world: GateWorld) -> None:
    shutil.rmtree(world.raw / "market")


@case(BLOCK, "zendesk", "unreadable")
def zero_bytes(world: GateWorld) -> None:
    overwrite(world, "zendesk.ticket", b"")


@case(BLOCK, "zendesk", "unreadable")
def truncated_at_half(world: GateWorld) -> None:
    content = world.path("zendesk.ticket").read_bytes()
    overwrite(world, "zendesk.ticket", content[: len(content) // 2])


@case(BLOCK, "zendesk", "unreadable")
def truncated_by_a_byte(world: GateWorld) -> None:
    overwrite(world, "zendesk.ticket", world.path("zendesk.ticket").read_bytes()[:-1])


def flip(world: GateWorld, table: str, position: int) -> None:
    """One bit of a file whose manifest was written before."""
    write_manifests(world.raw)
    content = bytearray(world.path(table).read_bytes())
    content[position % len(content)] ^= 4
    overwrite(world, table, bytes(content))


@case(BLOCK, "zendesk", "checksum")
def flipped_bit_in_the_data(world: GateWorld) -> None:
    flip(world, "zendesk.ticket", 4_000)


@case(BLOCK, "zendesk", "checksum")
def flipped_bit_in_the_footer(world: GateWorld) -> None:
    flip(world, "zendesk.ticket", -200)


@case(BLOCK, "zendesk", "unreadable")
def csv_that_is_named_parquet(world: GateWorld) -> None:
    text = world.read("zendesk.ticket").write_csv().encode()
    overwrite(world, "zendesk.ticket", text)


@case(BLOCK, "zendesk", "unreadable")
def error_page_instead_of_a_file(world: GateWorld) -> None:
    overwrite(world, "zendesk.ticket", b"<html><body>502 Bad Gateway</body></html>")


@case(BLOCK, "zendesk", "column_missing")
def error_page_instead_of_a_csv(world: GateWorld) -> None:
    world.path("zendesk.ticket").unlink()
    world.path("zendesk.ticket", ".csv").write_text("<html>\n<body>502 Bad Gateway</body>\n</html>")


@case(BLOCK, "zendesk", "checksum")
def manifest_with_other_row_counts(world: GateWorld) -> None:
    put_in(world, "zendesk.ticket", "is_public", rows(0), True)
    write_manifests(world.raw, {"zendesk.ticket": world.read("zendesk.ticket").height + 5})


@case(BLOCK, "zendesk", "checksum")
def file_that_the_manifest_does_not_name(world: GateWorld) -> None:
    write_manifests(world.raw)
    manifest = world.raw / "zendesk" / NAME
    document = json.loads(manifest.read_text())
    del document["files"]["ticket.parquet"]
    manifest.write_text(json.dumps(document))


@case(BLOCK, "market", "checksum")
def file_that_only_the_manifest_names(world: GateWorld) -> None:
    shutil.copy(world.path("market.mention"), world.path("market.mention", ".csv"))
    write_manifests(world.raw)
    world.path("market.mention", ".csv").unlink()


@case(BLOCK, "zendesk", "checksum")
def manifest_that_is_cut_off(world: GateWorld) -> None:
    write_manifests(world.raw)
    manifest = world.raw / "zendesk" / NAME
    manifest.write_text(manifest.read_text()[:-30])


@case(WARN, "zendesk", "two_files")
def two_formats_of_one_table(world: GateWorld) -> None:
    world.read("zendesk.ticket").write_csv(world.path("zendesk.ticket", ".csv"))


@case(WARN, "zendesk", "unknown_file")
def misspelled_file(world: GateWorld) -> None:
    shutil.copy(world.path("zendesk.ticket"), world.raw / "zendesk" / "tickts.parquet")


@case(BLOCK, "zendesk", "same_file_twice")
def one_part_twice(world: GateWorld) -> None:
    folder = world.raw / "zendesk" / "ticket"
    folder.mkdir()
    world.path("zendesk.ticket").rename(folder / "part-1.parquet")
    shutil.copy(folder / "part-1.parquet", folder / "part-2.parquet")


@case(HARMLESS, "zendesk")
def table_in_parts(world: GateWorld) -> None:
    frame = world.read("zendesk.ticket")
    folder = world.raw / "zendesk" / "ticket"
    folder.mkdir()
    half = frame.height // 2
    frame.head(half).write_parquet(folder / "part-1.parquet")
    frame.tail(frame.height - half).write_parquet(folder / "part-2.parquet")
    world.path("zendesk.ticket").unlink()


@case(BLOCK, "stripe", "went_back")
def old_export_again(world: GateWorld) -> None:
    limit = dt.datetime(2025, 12, 1)
    world.change("stripe.invoice", lambda frame: frame.filter(pl.col("_fivetran_synced") < limit))


# -- text files ----------------------------------------------------------------------------------


@case(HARMLESS, "zendesk")
def csv_instead_of_parquet(world: GateWorld) -> None:
    world.write_csv("zendesk.ticket", world.read("zendesk.ticket"))


@case(HARMLESS, "zendesk")
def csv_with_a_byte_order_mark(world: GateWorld) -> None:
    path = world.write_csv("zendesk.ticket", world.read("zendesk.ticket"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


@case(HARMLESS, "zendesk")
def csv_with_semicolons(world: GateWorld) -> None:
    frame = world.read("zendesk.ticket")
    world.path("zendesk.ticket").unlink()
    frame.write_csv(world.path("zendesk.ticket", ".csv"), separator=";")


@case(BLOCK, "zendesk", "unreadable")
def csv_in_latin_1(world: GateWorld) -> None:
    frame = put(world.read("zendesk.ticket"), "subject", rows(0), "Größe")
    path = world.write_csv("zendesk.ticket", frame)
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))


@case(BLOCK, "zendesk", "volume")
def csv_cut_at_half(world: GateWorld) -> None:
    path = world.write_csv("zendesk.ticket", world.read("zendesk.ticket"))
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[: len(lines) // 2]))


@case(BLOCK, "zendesk", "empty")
def csv_with_a_header_alone(world: GateWorld) -> None:
    world.write_csv("zendesk.ticket", world.read("zendesk.ticket").clear())


@case(BLOCK, "stripe", "unparsable")
def amounts_with_a_decimal_comma(world: GateWorld) -> None:
    frame = world.read("stripe.invoice")
    amount = (pl.col("total") / 100).round(2).cast(pl.String).str.replace(".", ",", literal=True)
    world.write_csv("stripe.invoice", frame.with_columns(total=amount))


# -- columns -------------------------------------------------------------------------------------


@case(BLOCK, "zendesk", "column_missing")
def required_column_gone(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: frame.drop("created_at"))


@case(HARMLESS, "zendesk")
def column_in_another_case(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: frame.rename({"created_at": "CreatedAt"}))


@case(HARMLESS, "zendesk")
def ids_as_text(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: frame.with_columns(pl.col("id").cast(pl.String)))


@case(HARMLESS, "zendesk")
def times_as_text(world: GateWorld) -> None:
    text = pl.col("created_at").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    world.change("zendesk.ticket", lambda frame: frame.with_columns(text))


@case(BLOCK, "zendesk", "unparsable")
def times_that_no_one_can_read(world: GateWorld) -> None:
    text = pl.col("created_at").dt.strftime("%d.%m.%Y um %H Uhr")
    world.change("zendesk.ticket", lambda frame: frame.with_columns(text))


@case(BLOCK, "zendesk", "column_type")
def column_of_structs(world: GateWorld) -> None:
    nested = pl.struct(pl.col("status").alias("name"))
    world.change("zendesk.ticket", lambda frame: frame.with_columns(status=nested))


@case(BLOCK, "zendesk", "column_type")
def flags_where_times_belong(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: frame.with_columns(created_at=pl.lit(True)))


@case(WARN, "zendesk", "column_added")
def extra_column(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: frame.with_columns(colour=pl.lit("red")))


@case(WARN, "salesforce", "column_gone")
def unused_column_gone(world: GateWorld) -> None:
    world.change("salesforce.contact", lambda frame: frame.drop("department"))


@case(BLOCK, "salesforce", "column_gone")
def column_gone_that_scores_hang_on(world: GateWorld) -> None:
    world.change("salesforce.account", lambda frame: frame.drop("is_deleted"))


@case(BLOCK, "salesforce", "column_emptied")
def column_without_values(world: GateWorld) -> None:
    put_in(world, "salesforce.contact", "title", rows(0), pl.lit(None))


@case(HARMLESS, "zendesk")
def columns_in_another_order(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: frame.select(sorted(frame.columns)))


@case(HARMLESS, "zendesk")
def ids_as_numeric_strings_with_spaces(world: GateWorld) -> None:
    text = pl.format(" {} ", pl.col("organization_id"))
    world.change("zendesk.ticket", lambda frame: frame.with_columns(organization_id=text))


@case(WARN, "zendesk", "type_changed")
def times_with_a_zone(world: GateWorld) -> None:
    zoned = pl.col("created_at").dt.replace_time_zone("UTC")
    world.change("zendesk.ticket", lambda frame: frame.with_columns(zoned))


@case(WARN, "zendesk", "type_changed")
def times_as_milliseconds(world: GateWorld) -> None:
    epoch = pl.col("created_at").dt.epoch("ms")
    world.change("zendesk.ticket", lambda frame: frame.with_columns(epoch))


@case(BLOCK, "stripe", "date_order")
def swapped_columns(world: GateWorld) -> None:
    swap = {"created": pl.col("due_date"), "due_date": pl.col("created")}
    full = pl.col("due_date").is_not_null()
    world.change(
        "stripe.invoice",
        lambda frame: frame.with_columns(
            **{name: pl.when(full).then(other).otherwise(name) for name, other in swap.items()}
        ),
    )


# -- keys and repeats ----------------------------------------------------------------------------


@case(HARMLESS, "zendesk")
def one_row_twice(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: pl.concat([frame, frame.head(1)]))


@case(BLOCK, "zendesk", "key_repeat")
def whole_file_twice(world: GateWorld) -> None:
    world.change("zendesk.ticket", lambda frame: pl.concat([frame, frame]))


@case(STAGING, "zendesk", "key_null")
def one_key_null(world: GateWorld) -> None:
    put_in(world, "zendesk.ticket", "id", rows(0, 1), pl.lit(None))


@case(BLOCK, "zendesk", "key_null")
def many_keys_null(world: GateWorld) -> None:
    put_in(world, "zendesk.ticket", "id", rows(0, 200), pl.lit(None))


@case(BLOCK, "salesforce", "required_null")
def many_blank_names(world: GateWorld) -> None:
    put_in(world, "salesforce.account", "name", rows(20), "   ")


@case(BLOCK, "product_events", "natural_repeat")
def same_events_with_new_ids(world: GateWorld) -> None:
    def again(frame: pl.DataFrame) -> pl.DataFrame:
        copies = frame.tail(frame.height // 20).with_columns(
            id=pl.format("n{}", pl.int_range(pl.len()))
        )
        return pl.concat([frame, copies])

    world.change("product_events.tracks", again)


@case(BLOCK, "salesforce", "keys_lost")
def every_id_is_another(world: GateWorld) -> None:
    world.change(
        "salesforce.account", lambda frame: frame.with_columns(pl.format("x{}", "id").alias("id"))
    )


@case(BLOCK, "salesforce", "keys_lost")
def accounts_removed(world: GateWorld) -> None:
    world.change("salesforce.account", lambda frame: frame.head(frame.height - 6))


@case(BLOCK, "salesforce", "empty")
def accounts_empty(world: GateWorld) -> None:
    world.change("salesforce.account", pl.DataFrame.clear)


@case(BLOCK, "stripe", "orphan")
def invoices_of_nobody(world: GateWorld) -> None:
    put_in(world, "stripe.invoice", "customer_id", rows(0, 100), "cus_nobody")


@case(BLOCK, "zendesk", "orphan")
def organisations_of_another_crm(world: GateWorld) -> None:
    put_in(world, "zendesk.organization", "external_id", rows(0), pl.format("crm-{}", "id"))


# -- values --------------------------------------------------------------------------------------


@case(BLOCK, "stripe", "enum_unknown")
def unknown_statuses(world: GateWorld) -> None:
    put_in(world, "stripe.invoice", "status", rows(0, 60), "bezahlt")


@case(BLOCK, "salesforce", "enum_unknown")
def unknown_segment(world: GateWorld) -> None:
    put_in(world, "salesforce.account", "segment_c", rows(0, 30), "Galactic")


@case(WARN, "marketing", "enum_other")
def event_types_that_count_as_other(world: GateWorld) -> None:
    put_in(world, "marketing.email_event", "type", rows(0, 3_000), "SEEN")


@case(HARMLESS, "stripe")
def status_with_spaces_and_capitals(world: GateWorld) -> None:
    put_in(
        world,
        "stripe.invoice",
        "status",
        rows(0),
        pl.format("{} ", pl.col("status").str.to_uppercase()),
    )


@case(HARMLESS, "stripe")
def charge_status_with_capitals(world: GateWorld) -> None:
    put_in(world, "stripe.charge", "status", rows(0), pl.col("status").str.to_titlecase())


@case(STAGING, "surveys", "out_of_range")
def one_score_of_99(world: GateWorld) -> None:
    put_in(world, "surveys.survey_responses", "score", rows(0, 1), 99)


@case(BLOCK, "surveys", "out_of_range")
def scores_times_ten(world: GateWorld) -> None:
    put_in(world, "surveys.survey_responses", "score", rows(0), pl.col("score") * 10)


@case(STAGING, "market", "not_finite")
def one_nan(world: GateWorld) -> None:
    put_in(world, "salesforce.opportunity", "amount", rows(3, 4), float("nan"))


@case(BLOCK, "salesforce", "not_finite")
def many_infinities(world: GateWorld) -> None:
    put_in(world, "salesforce.opportunity", "amount", rows(0, 30), float("inf"))


@case(BLOCK, "stripe", "out_of_range")
def negative_amounts(world: GateWorld) -> None:
    put_in(world, "stripe.invoice", "total", rows(0, 50), -pl.col("total").abs() - 1)


@case(BLOCK, "stripe", "median_shift")
def amounts_times_a_hundred(world: GateWorld) -> None:
    put_in(world, "stripe.invoice", "total", rows(0), pl.col("total") * 100)


@case(BLOCK, "stripe", "recent_shift")
def new_amounts_in_another_unit(world: GateWorld) -> None:
    recent = pl.col("created") > dt.datetime(2025, 12, 4)
    put_in(world, "stripe.charge", "amount", recent, pl.col("amount") * 100)
    frame = world.read("stripe.charge")
    # Enough charges of the month for a typical value.
    more = [
        frame.filter(recent).with_columns(id=pl.format("{}-{}", "id", pl.lit(n))) for n in range(4)
    ]
    parts = [
        part.with_columns(created=pl.col("created") + dt.timedelta(seconds=n + 1))
        for n, part in enumerate(more)
    ]
    world.write("stripe.charge", pl.concat([frame, *parts]))


@case(WARN, "stripe", "largest_value")
def one_amount_without_its_decimal_sign(world: GateWorld) -> None:
    put_in(world, "stripe.invoice", "total", rows(5, 6), 10**14)


@case(BLOCK, "stripe", "unparsable")
def numbers_too_large_for_their_type(world: GateWorld) -> None:
    big = pl.when(rows(0, 30)).then(pl.lit(2**40)).otherwise(pl.col("attempt_count"))
    world.change(
        "stripe.invoice", lambda frame: frame.with_columns(attempt_count=big.cast(pl.Int64))
    )


@case(BLOCK, "salesforce", "unparsable")
def flags_that_are_neither(world: GateWorld) -> None:
    maybe = pl.when(rows(0, 20)).then(pl.lit("maybe")).otherwise(pl.lit("false"))
    world.change("salesforce.account", lambda frame: frame.with_columns(is_deleted=maybe))


@case(BLOCK, "salesforce", "share_shift")
def all_accounts_deleted(world: GateWorld) -> None:
    put_in(world, "salesforce.account", "is_deleted", rows(0), True)


@case(BLOCK, "stripe", "share_shift")
def all_invoices_open(world: GateWorld) -> None:
    put_in(world, "stripe.invoice", "status", rows(0), "open")


@case(BLOCK, "zendesk", "text_size")
def text_of_fifty_megabytes(world: GateWorld) -> None:
    put_in(world, "zendesk.ticket_comment", "body", rows(0, 1), "x" * 50_000_000)


@case(WARN, "salesforce", "control_characters")
def names_with_direction_signs(world: GateWorld) -> None:
    put_in(world, "salesforce.account", "name", rows(0, 1), "Amber‮rebmA")


@case(HARMLESS, "salesforce")
def names_in_many_scripts(world: GateWorld) -> None:
    put_in(world, "salesforce.account", "name", rows(0, 1), "Ωμέγα 株式会社 Ünïcødé 🙂 e\u0301")


@case(HARMLESS, "salesforce")
def sql_in_a_name(world: GateWorld) -> None:
    put_in(world, "salesforce.account", "name", rows(0, 1), "'; drop table accounts; --")


# -- time and volume -----------------------------------------------------------------------------


@case(STAGING, "product_events", "future_event")
def one_event_in_2099(world: GateWorld) -> None:
    put_in(world, "product_events.tracks", "timestamp", rows(0, 1), dt.datetime(2099, 1, 1))


@case(BLOCK, "product_events", "ancient_event")
def all_events_in_1970(world: GateWorld) -> None:
    put_in(world, "product_events.tracks", "timestamp", rows(0), dt.datetime(1970, 1, 1))


@case(BLOCK, "product_events", "future_load")
def loader_clock_in_2099(world: GateWorld) -> None:
    put_in(world, "product_events.tracks", "received_at", rows(0), dt.datetime(2099, 1, 1))


@case(BLOCK, "product_events", "event_after_load")
def clock_eight_hours_ahead(world: GateWorld) -> None:
    put_in(
        world,
        "product_events.tracks",
        "timestamp",
        rows(0),
        pl.col("timestamp") + dt.timedelta(hours=8),
    )


@case(WARN, "product_events", "lag_shift")
def clock_eight_hours_behind(world: GateWorld) -> None:
    put_in(
        world,
        "product_events.tracks",
        "timestamp",
        rows(0),
        pl.col("timestamp") - dt.timedelta(hours=8),
    )


@case(BLOCK, "product_events", "future_event")
def half_of_the_events_next_week(world: GateWorld) -> None:
    shifted = pl.col("timestamp") + dt.timedelta(days=600)
    put_in(world, "product_events.tracks", "timestamp", rows(0, 25_000), shifted)


@case(BLOCK, "zendesk", "date_order")
def closed_before_opened(world: GateWorld) -> None:
    put_in(
        world,
        "zendesk.ticket",
        "updated_at",
        rows(0, 100),
        pl.col("created_at") - dt.timedelta(days=3),
    )


@case(BLOCK, "product_events", "volume")
def ten_times_the_volume(world: GateWorld) -> None:
    def grow(frame: pl.DataFrame) -> pl.DataFrame:
        shift = dt.timedelta(seconds=1)
        parts = [
            frame.with_columns(
                id=pl.format("{}{}", pl.lit(n), "id"),
                timestamp=pl.col("timestamp") + shift * n,
                received_at=pl.col("received_at") + shift * n,
            )
            for n in range(10)
        ]
        return pl.concat(parts)

    world.change("product_events.tracks", grow)


@case(BLOCK, "product_events", "empty")
def usage_empty(world: GateWorld) -> None:
    world.change("product_events.tracks", pl.DataFrame.clear)


@case(BLOCK, "product_events", "volume")
def usage_halved(world: GateWorld) -> None:
    world.change("product_events.tracks", lambda frame: frame.gather_every(2))


@case(BLOCK, "product_events", "volume")
def usage_history_deleted(world: GateWorld) -> None:
    recent = pl.col("timestamp") > dt.datetime(2025, 10, 1)
    world.change("product_events.tracks", lambda frame: frame.filter(recent))


@case(BLOCK, "product_events", "daily_volume")
def a_new_day_without_events(world: GateWorld) -> None:
    next_day(world, factor=0)


@case(BLOCK, "product_events", "daily_volume")
def a_new_day_of_ten(world: GateWorld) -> None:
    next_day(world, factor=10)


def next_day(world: GateWorld, factor: int) -> None:
    """Two more days after the accepted ones: the first with so many times its usual rows."""
    world.as_of = dt.date(2026, 1, 2)
    day = dt.datetime(2026, 1, 1)

    def add(frame: pl.DataFrame) -> pl.DataFrame:
        clean = frame.filter(pl.col("timestamp") < day)
        week = clean.filter(pl.col("timestamp") >= day - dt.timedelta(days=7))
        later = week.with_columns(
            pl.col("timestamp") + dt.timedelta(days=7), pl.col("received_at") + dt.timedelta(days=7)
        )
        first = later.filter(pl.col("timestamp").dt.date() == day.date())
        second = later.filter(pl.col("timestamp").dt.date() == day.date() + dt.timedelta(days=1))
        parts = [
            first.with_columns(
                id=pl.format("{}-{}", "id", pl.lit(n)),
                timestamp=pl.col("timestamp") + dt.timedelta(seconds=n),
            )
            for n in range(factor)
        ]
        fresh = second.with_columns(id=pl.format("{}-s", "id"))
        return pl.concat([frame, *parts, fresh])

    world.change("product_events.tracks", add)


@case(BACKFILL, "product_events", "changed_rows")
def late_rows_of_ten_days_ago(world: GateWorld) -> None:
    def add(frame: pl.DataFrame) -> pl.DataFrame:
        late = frame.filter(pl.col("timestamp").dt.date() == dt.date(2025, 12, 18)).with_columns(
            id=pl.format("late{}", pl.int_range(pl.len())),
            timestamp=pl.col("timestamp") + dt.timedelta(seconds=1),
            received_at=pl.lit(dt.datetime(2025, 12, 31, 8)),
        )
        return pl.concat([frame, late])

    world.change("product_events.tracks", add)


@case(BACKFILL, "stripe", "changed_rows")
def corrected_old_rows(world: GateWorld) -> None:
    put_in(world, "stripe.invoice", "total", rows(10, 12), pl.col("total") + 5)


@case(BACKFILL, "zendesk", "changed_rows")
def a_few_old_rows_removed(world: GateWorld) -> None:
    world.change("zendesk.ticket_comment", lambda frame: frame.tail(frame.height - 10))


@case(BLOCK, "stripe", "went_back")
def loader_clock_of_last_year(world: GateWorld) -> None:
    old = dt.datetime(2025, 1, 1)
    put_in(
        world,
        "stripe.invoice",
        "_fivetran_synced",
        rows(0),
        pl.min_horizontal("_fivetran_synced", pl.lit(old)),
    )
