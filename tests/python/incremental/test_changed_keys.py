"""What is kept by key notices each way in which a person, an account or a text may change."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest
from support.dbt_server import DbtServer
from support.equality import Difference, differences
from support.load_sequences import Load
from support.project_files import ROOT
from support.sequence_builds import CORE, carried_build, full_build

from scripts.lib.privacy.erase import erase
from scripts.lib.privacy.subjects import read_subjects
from scripts.lib.refresh.places import Places
from scripts.lib.sample.config import WorldConfig
from scripts.lib.settings import Settings
from scripts.lib.texts.sentiment import score_texts

# Tables that lie in parts, so that a new version is landed beside the old one.
PARTS = (
    "salesforce.contact", "salesforce.event", "salesforce.task", "marketing.email_event",
    "marketing.email_event_status_change", "product_events.groups", "surveys.invitations",
    "surveys.survey_responses", "zendesk.satisfaction_rating", "zendesk.ticket",
    "zendesk.ticket_comment", "zendesk.ticket_field_history",
)  # fmt: skip
TEXTS = "text_sentiment.parquet"
# The facts of which something has to change, or nothing was tried.
FACTS = (
    "dim_contacts", "fct_csat_ratings", "fct_customer_texts", "fct_interactions",
    "fct_marketing_touches", "fct_opportunity_spans", "fct_survey_answers",
    "fct_survey_invitations", "fct_telemetry_signals", "fct_ticket_spans", "fct_tickets",
)  # fmt: skip


class Raw:
    """A raw folder that is changed table by table."""

    def __init__(self, folder: Path, clock: dt.datetime) -> None:
        self.folder, self.clock = folder, clock

    def path(self, table: str) -> Path:
        """Where a table lies: one file, or a folder of parts."""
        system, name = table.split(".")
        return self.folder / system / (name if table in PARTS else f"{name}.parquet")

    def rows(self, table: str) -> pl.DataFrame:
        """All its rows."""
        path = self.path(table)
        return pl.read_parquet(path / "*.parquet" if table in PARTS else path)

    def lay_in_parts(self) -> None:
        """Put each of these tables into the first part of a folder."""
        for table in PARTS:
            path = self.path(table)
            path.mkdir()
            shutil.move(path.with_suffix(".parquet"), path / "first.parquet")

    def land(self, table: str, rows: pl.DataFrame, **values: object) -> None:
        """Land these rows with other values, under today's clock."""
        clock = next(c for c in ("_fivetran_synced", "_sdc_received_at", "received_at",
                                 "recorded_at") if c in rows.columns)  # fmt: skip
        values[clock] = self.clock
        new = rows.with_columns(
            pl.lit(value).cast(rows.schema[name]).alias(name) for name, value in values.items()
        )
        path = self.path(table)
        if table in PARTS:
            parts = len(list(path.iterdir()))
            new.write_parquet(path / f"load_{parts}.parquet")
        else:
            others = self.rows(table).join(new, on="id", how="anti")
            pl.concat([others, new]).write_parquet(path)


def asked_twice(raw: Raw) -> None:
    """Calls and meetings that name no account have that of their contact."""
    for table in ("salesforce.task", "salesforce.event"):
        path = raw.path(table) / "first.parquet"
        rows = pl.read_parquet(path)
        nobody = pl.lit(None, dtype=pl.String)
        is_moving = pl.col("who_id") == moving_contact(raw)["id"].item()
        rows.with_columns(
            account_id=pl.when(is_moving).then(nobody).otherwise(pl.col("account_id"))
        ).write_parquet(path)


def moving_contact(raw: Raw) -> pl.DataFrame:
    """The contact of most calls, who also answered a survey and gets messages."""
    contacts = raw.rows("salesforce.contact")
    for other, column in (("surveys.people", "email"), ("marketing.contact", "property_email")):
        contacts = contacts.join(raw.rows(other), left_on="email", right_on=column, how="semi")
    calls = raw.rows("salesforce.task").group_by("who_id").len().sort("len", "who_id")
    return contacts.join(calls, left_on="id", right_on="who_id").sort("len", "id").tail(1).drop(
        "len"
    )  # fmt: skip


def change_everything(raw: Raw, derived: Path) -> None:
    """One change of each kind."""
    moving = moving_contact(raw)
    contacts = raw.rows("salesforce.contact").filter(pl.col("id") != moving["id"].item())
    other = contacts.filter(pl.col("account_id") != moving["account_id"].item()).sort("id").head(1)
    raw.land("salesforce.contact", moving, account_id=other["account_id"].item())
    people = raw.rows("surveys.people").filter(pl.col("email") != moving["email"].item())
    asked = people.join(raw.rows("surveys.survey_responses"), left_on="id", right_on="person",
                        how="semi").sort("id")  # fmt: skip
    raw.land("surveys.people", asked.head(1), email=other["email"].item())
    answer = raw.rows("surveys.survey_responses").sort("id").tail(1)
    raw.land("surveys.survey_responses", answer, score=1)
    raw.land("surveys.invitations", raw.rows("surveys.invitations").sort("id").head(1),
             status="bounced")  # fmt: skip
    tagged = raw.rows("customer_success.contact_tag").filter(pl.col("valid_to").is_null())
    respondents = contacts.join(asked.tail(-1), on="email", how="semi")
    raw.land("customer_success.contact_tag",
             tagged.join(respondents, left_on="contact_id", right_on="id", how="semi")
             .sort("id").head(1), valid_from=dt.date(2021, 1, 1), tag="exec_sponsor")  # fmt: skip
    change_messages(raw)
    change_tickets(raw)
    raw.land("salesforce.task", raw.rows("salesforce.task").sort("id").head(3), is_deleted=True)
    raw.land("salesforce.opportunity", raw.rows("salesforce.opportunity").sort("id").head(1),
             currency_iso_code="EUR")  # fmt: skip
    accounts = raw.rows("salesforce.account").filter(~pl.col("is_deleted")).sort("id")
    raw.land("salesforce.account", accounts.head(1), is_deleted=True,
             master_record_id=accounts["id"][-1], last_modified_date=raw.clock)  # fmt: skip
    calls = raw.rows("product_events.groups").sort("id").tail(1)
    raw.land("product_events.groups", calls.with_columns(id=pl.lit("g-new")), timestamp=raw.clock)
    scores = pl.read_parquet(derived / TEXTS).sort("text_hash")
    is_scored_anew = pl.int_range(pl.len()) % 7 == 0
    scores.with_columns(
        compound=pl.when(is_scored_anew).then(pl.lit(0.123)).otherwise(pl.col("compound"))
    ).write_parquet(derived / TEXTS)


def change_messages(raw: Raw) -> None:
    """A delivery that makes a click a machine's, another kind of event, another status."""
    events = raw.rows("marketing.email_event").sort("id")
    click = events.filter(pl.col("type") == "CLICK").head(1)
    delivery = click.with_columns(id=pl.lit("ee-new"), type=pl.lit("DELIVERED"))
    raw.land("marketing.email_event", delivery, filtered_event=False)
    delivered = events.filter(pl.col("type") == "DELIVERED").tail(1)
    raw.land("marketing.email_event", delivered, type="BOUNCE")
    statuses = raw.rows("marketing.email_event_status_change").sort("id")
    raw.land("marketing.email_event_status_change", statuses.head(1),
             portal_subscription_status="SUBSCRIBED")  # fmt: skip


def change_tickets(raw: Raw) -> None:
    """A comment that moves, a rating that is taken back, a person on the other side."""
    comments = raw.rows("zendesk.ticket_comment").sort("id")
    tickets = raw.rows("zendesk.ticket").sort("id")
    raw.land("zendesk.ticket_comment", comments.head(2), ticket_id=tickets["id"][-1])
    ratings = raw.rows("zendesk.satisfaction_rating").sort("id")
    raw.land("zendesk.satisfaction_rating", ratings.filter(pl.col("score") == "good").head(2),
             score="bad")  # fmt: skip
    authors = raw.rows("zendesk.user").filter(pl.col("role") == "end-user").sort("id")
    author = authors.join(comments.tail(-2), left_on="id", right_on="user_id", how="semi").tail(1)
    raw.land("zendesk.user", author, role="agent")
    raw.land("zendesk.ticket_field_history",
             raw.rows("zendesk.ticket_field_history").filter(pl.col("field_name") == "priority")
             .sort("ticket_id", "updated").head(1), value="urgent")  # fmt: skip


@pytest.fixture(scope="module")
def builds(
    sampled_raw: Path,
    sampled_world: WorldConfig,
    dbt_server: DbtServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Path, Path, Path]]:
    """The build before, the one that goes on from it, and the one of everything."""
    folder = tmp_path_factory.mktemp("changed_keys")
    clock = dt.datetime.combine(sampled_world.end, dt.time(20))
    before, after = (Raw(folder / name / "raw", clock) for name in ("before", "after"))
    shutil.copytree(sampled_raw, before.folder)
    before.lay_in_parts()
    asked_twice(before)
    loads = [
        Load(number, sampled_world.end, {}, raw.folder, raw.folder.parent / "derived", ())
        for number, raw in enumerate((before, after))
    ]
    loads[0].derived_dir.mkdir()
    score_texts(Settings(ROOT, folder / "none", before.folder, loads[0].derived_dir, None))
    shutil.copytree(folder / "before", folder / "after")
    change_everything(after, loads[1].derived_dir)
    carried, rebuilt = folder / "carried/health.duckdb", folder / "rebuilt/health.duckdb"
    carry = carried_build(dbt_server, *CORE)
    for load in loads:
        carry(load, carried)
    full_build(dbt_server, *CORE)(loads[1], rebuilt)
    yield carried.parent / "before" / carried.name, carried, rebuilt
    shutil.rmtree(folder)


def found(first: Path, second: Path) -> list[Difference]:
    layers = ("staging", "intermediate", "core")
    return [
        one
        for one in differences(first, second, layers, steps=True)
        if ".int_changes__" not in one.relation
    ]


def test_each_change_arrives(builds: tuple[Path, Path, Path]) -> None:
    before, _, rebuilt = builds
    changed = {one.relation.removeprefix("core.") for one in found(before, rebuilt)}
    assert set(FACTS) - changed == set()


def test_what_is_kept_equals_one_build(builds: tuple[Path, Path, Path]) -> None:
    _, carried, rebuilt = builds
    faults = found(carried, rebuilt)
    assert not faults, "\n".join(map(str, faults))


def test_most_is_kept(builds: tuple[Path, Path, Path]) -> None:
    """Or everything was built anew, and nothing was tried."""
    with duckdb.connect(str(builds[1]), read_only=True) as connection:
        for changes, key, fact in (
            ("int_changes__tickets", "ticket_id", "fct_tickets"),
            ("int_changes__texts", "text_id", "fct_customer_texts"),
            ("int_changes__survey_answers", "response_id", "fct_survey_answers"),
            ("int_changes__survey_invitations", "invitation_id", "fct_survey_invitations"),
            ("int_changes__interactions", "interaction_id", "fct_interactions"),
            ("int_changes__marketing_touches", "marketing_touch_id", "fct_marketing_touches"),
            ("int_changes__opportunities", "opportunity_id", "fct_opportunity_spans"),
            ("int_changes__telemetry_accounts", "account_id", "fct_telemetry_signals"),
        ):
            share = connection.execute(
                f"select avg(case when {key} in (select {key} from intermediate.{changes})"
                f" then 1.0 else 0 end) from core.{fact}"
            ).fetchone()
            assert share is not None and 0 < share[0] < 0.5, (fact, share)


@pytest.fixture(scope="module")
def erased(
    builds: tuple[Path, Path, Path], sampled_world: WorldConfig, dbt_server: DbtServer
) -> tuple[Path, Path]:
    """The build that goes on from an erased warehouse, and the one of everything."""
    folder = builds[1].parents[1]
    place, database = folder / "erased", folder / "erased/carried/health.duckdb"
    shutil.copytree(folder / "after", place)
    database.parent.mkdir()
    duckdb.connect(str(builds[1])).close()  # what lies in its log comes into the file
    shutil.copy(builds[1], database)
    raw = Raw(place / "raw", dt.datetime.combine(sampled_world.end, dt.time(20)))
    caller = moving_contact(Raw(folder / "before/raw", raw.clock))
    lines = [f"contact_id,{caller['id'].item()}", f"email,{caller['email'].item()}"]
    lines += [f"email,{email}" for email in raw.rows("marketing.contact")["property_email"][:5]]
    listed = folder / "subjects.csv"
    listed.write_text("\n".join(["kind,value", *lines]), encoding="utf-8")
    settings = Settings(ROOT, database, raw.folder, place / "derived", None)
    erase(settings, Places(place / "published", place / "state"), read_subjects(listed))
    load = Load(2, sampled_world.end, {}, raw.folder, place / "derived", ())
    carried_build(dbt_server, *CORE)(load, database)
    rebuilt = place / "rebuilt/health.duckdb"
    full_build(dbt_server, *CORE)(load, rebuilt)
    return database, rebuilt


def test_who_was_erased_leaves_what_is_kept(erased: tuple[Path, Path]) -> None:
    faults = found(*erased)
    assert not faults, "\n".join(map(str, faults))
