"""A company of five customers, small enough to work every number by hand.

All are mid-market software companies in the United States with ten seats of the Professional plan,
on a yearly contract since 2024-03-01. What sets them apart is told where it is written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from support.dbt_server import DbtServer

AS_OF = dt.date(2025, 12, 31)  # a Wednesday
ACCOUNTS = ("aurora", "birch", "cedar", "dune", "elm")
START = "2024-03-01"
PAST = "2023-06-01"

Rows = dict[str, list[dict[str, Any]]]


def at(day: str, time: str = "12:00") -> dt.datetime:
    """A moment of a day, UTC."""
    return dt.datetime.fromisoformat(f"{day}T{time}")


def days_before(days: int) -> str:
    """The date so many days before the scoring date."""
    return str(AS_OF - dt.timedelta(days=days))


class Company:
    """Rows of raw tables; each is loaded an hour after its moment."""

    def __init__(self) -> None:
        self.rows: Rows = defaultdict(list)
        self.texts: dict[str, float] = {}
        for account in ACCOUNTS:
            self._customer(account)
        self._catalogue()
        self._aurora()
        self._birch()
        self._cedar()
        self._dune()
        self._elm()

    def add(self, table: str, moment: dt.datetime, **row: Any) -> None:
        self.rows[table].append({**row, "loaded": moment + dt.timedelta(hours=1)})

    # -- what all have in common ------------------------------------------------------------

    def _customer(self, name: str) -> None:
        """The CRM account, the billing customer, the plan, and this year's invoice."""
        is_aurora = name == "aurora"
        self.add(
            "salesforce.account", at(PAST), id=name, name=name.title(), type="Customer",
            industry="Software", segment_c="Mid-Market", billing_country="United States",
            touch_model_c="High Touch" if is_aurora else "Tech Touch", support_entitlement_c=True,
            owner_id="owner_synced" if is_aurora else "owner_unsynced",
            website=f"https://www.{name}.example", created_date=at(PAST),
            last_modified_date=at(PAST), is_deleted=False,
        )  # fmt: skip
        self.add(
            "stripe.customer", at(START), id=f"cus_{name}", name=name, created=at(START),
            currency="usd", metadata=f'{{"crm_account_id": "{name}"}}',
        )  # fmt: skip
        seats = ((START, 8), ("2025-03-01", 10)) if is_aurora else ((START, 10),)
        self.subscription(name, "plan", "price_negotiated" if is_aurora else "price_list", *seats)
        if not is_aurora:
            self.invoice(name, 720000, due="2025-03-31", paid="2025-03-31")

    def subscription(self, name: str, item: str, price: str, *seats: tuple[str, int]) -> None:
        """A yearly subscription that renews itself, with its numbers of seats by date."""
        key = f"sub_{name}_{item}"
        for number, (since, quantity) in enumerate(seats):
            until = at(seats[number + 1][0]) if number + 1 < len(seats) else None
            self.add(
                "stripe.subscription_history", at(since), id=key, customer_id=f"cus_{name}",
                status="active", start_date=at(START), created=at(START), quantity=quantity,
                collection_method="send_invoice", _fivetran_start=at(since), _fivetran_end=until,
                metadata='{"term_months": "12", "auto_renew": "true"}', cancel_at_period_end=False,
            )  # fmt: skip
        self.add(
            "stripe.subscription_item", at(START), id=f"si_{name}_{item}", subscription_id=key,
            price_id=price, quantity=seats[-1][1], created=at(START),
        )  # fmt: skip

    def invoice(self, name: str, cents: int, due: str, paid: str | None) -> None:
        """An invoice that was sent thirty days before it is due."""
        sent = at(due) - dt.timedelta(days=30)
        key = f"in_{name}_{due}"
        self.add(
            "stripe.invoice", sent, id=key, customer_id=f"cus_{name}", status="open",
            subscription_id=f"sub_{name}_plan", currency="usd", amount_due=cents, total=cents,
            subtotal=cents, tax=0, created=sent, due_date=at(due),
            status_transitions_finalized_at=sent, collection_method="send_invoice",
        )  # fmt: skip
        if paid:
            self.add(
                "stripe.charge", at(paid), id=f"ch_{key}", customer_id=f"cus_{name}",
                invoice_id=key, amount=cents, currency="usd", status="succeeded", created=at(paid),
            )  # fmt: skip

    def _catalogue(self) -> None:
        for key, synced in (("owner_synced", True), ("owner_unsynced", False)):
            self.add("salesforce.user", at(PAST), id=key, name=key, activity_sync_enabled_c=synced)
        products = (("plan", "Professional plan", '{"kind": "plan", "tier": "professional"}'),
                    ("insights", "Insights", '{"kind": "module"}'),
                    ("automation", "Automation", '{"kind": "module"}'),
                    ("vault", "Vault", '{"kind": "module"}'))  # fmt: skip
        for key, name, metadata in products:
            self.add("stripe.product", at(PAST), id=key, name=name, metadata=metadata)
        # A seat costs 60.00 a month by the list, 54.00 as negotiated; Insights 50.00.
        prices = (("price_list", "plan", "list", 72000),
                  ("price_negotiated", "plan", "negotiated", 64800),
                  ("price_insights", "insights", "list", 60000))  # fmt: skip
        for key, product, nickname, cents in prices:
            self.add(
                "stripe.price", at(PAST), id=key, product_id=product, nickname=nickname,
                currency="usd", unit_amount=cents, type="recurring", recurring_interval="year",
                recurring_interval_count=1, recurring_usage_type="licensed", created=at(PAST),
            )  # fmt: skip
        for feature in ("dashboards", "records_edit", "reports_view", "tasks", "records_create"):
            self.add(
                "product_events.entitlements", at(PAST), plan_tier="professional", feature=feature,
                is_core=True, valid_from=dt.date(2023, 6, 1),
            )  # fmt: skip

    # -- telemetry --------------------------------------------------------------------------

    def heartbeats(self, name: str, until: str) -> None:
        """The workspace calls home every Monday."""
        monday = at("2024-03-04")
        while monday <= at(until):
            self.add(
                "product_events.groups", monday, id=f"{name}_{monday:%Y%m%d}", timestamp=monday,
                group_id=f"ws_{name}", crm_account_id=name,
            )  # fmt: skip
            monday += dt.timedelta(days=7)

    def tuesdays(self, name: str, users: range, weeks_ago: range) -> None:
        """Each user works on the Tuesday of each week: five events, four of value."""
        events = ("record_updated", "record_updated", "task_completed", "record_created",
                  "report_viewed")  # fmt: skip
        for week in weeks_ago:
            tuesday = at(days_before(1 + 7 * week))
            for user in users:
                for number, event in enumerate(events):
                    self.add(
                        "product_events.tracks", tuesday, id=f"{name[0]}{week:02}{user}{number}",
                        event=event, user_id=f"{name}_{user}", context_group_id=f"ws_{name}",
                        context_user_type="human", timestamp=tuesday,
                    )  # fmt: skip

    # -- the five ---------------------------------------------------------------------------

    def _aurora(self) -> None:
        """Thriving: more seats, more users, people we know, small troubles that were solved."""
        name = "aurora"
        self.heartbeats(name, "2025-12-29")
        self.tuesdays(name, range(8), range(6))
        self.tuesdays(name, range(6), range(6, 17))
        self.subscription(name, "insights", "price_insights", (START, 1))
        self.invoice(name, 708000, due="2025-03-31", paid="2025-03-26")
        self.add(
            "stripe.credit_note", at("2025-04-15"), id="cn_aurora", amount=7080, currency="usd",
            invoice_id="in_aurora_2025-03-31", created=at("2025-04-15"), status="issued",
            reason="product_unsatisfactory",
        )  # fmt: skip
        self._aurora_people()
        self._aurora_support()
        self._aurora_market()
        opened = at("2025-12-05")
        opportunity = {
            "id": "opp_aurora", "account_id": name, "type": "Expansion", "stage_name": "Proposal",
            "amount": 648.0, "probability": 50.0, "is_closed": False, "is_won": False,
        }  # fmt: skip
        self.add("salesforce.opportunity", opened, **opportunity, created_date=opened)
        self.add(
            "salesforce.opportunity_history", opened, **opportunity, _fivetran_start=opened,
            _fivetran_active=True,
        )  # fmt: skip

    def _aurora_people(self) -> None:
        name, since = "aurora", "2024-06-03"
        tags = (("sam", "exec_sponsor", None), ("cora", "champion", None),
                ("dan", "decision_maker", None),
                ("eve", "decision_maker", "2025-10-01"))  # fmt: skip
        for person, tag, departed in tags:
            mail = f"{person}@aurora.example"
            self.add(
                "salesforce.contact", at(since), id=person, account_id=name, email=mail,
                created_date=at(since), is_deleted=False,
            )  # fmt: skip
            self.add(
                "customer_success.contact_tag", at(since), id=f"tag_{person}", account_id=name,
                contact_id=person, tag=tag, valid_from=at(since).date(),
                valid_to=at(departed).date() if departed else None,
                end_reason="departed" if departed else None,
                end_recorded_at=at(departed) if departed else None,
            )  # fmt: skip
            self.add(
                "marketing.contact", at(since), id=f"mc_{person}", property_email=mail,
                property_createdate=at(since), property_hs_marketable_status=person != "eve",
                _fivetran_deleted=False,
            )  # fmt: skip
            self.add("surveys.people", at(since), id=f"person_{person}", email=mail,
                     created_at=at(since))  # fmt: skip
            self._mail(person, "DELIVERED", "2025-12-18", "12:00")
        self._mail("cora", "CLICK", "2025-12-18", "15:00")
        self._mail("eve", "STATUSCHANGE", "2025-10-05", "12:00")
        self.add(
            "marketing.event_attendance", at("2025-10-15"), id="webinar_cora",
            contact_email="cora@aurora.example", event_type="webinar",
            registered_at=at("2025-10-15"), attended_at=at("2025-10-15"),
        )  # fmt: skip
        meetings = (("2025-12-10", "held"), ("2025-10-10", "held"), ("2025-09-10", "held"),
                    ("2025-08-12", "no_show"))  # fmt: skip
        for day, outcome in meetings:
            self.add(
                "salesforce.event", at(day), id=f"meeting_{day}", account_id=name, who_id="sam",
                type="Meeting", start_date_time=at(day), created_date=at(day), outcome_c=outcome,
                is_child=False, is_deleted=False,
            )  # fmt: skip
        for person, kind, day in (("cora", "Call", "2025-12-29"), ("dan", "Email", "2025-11-20")):
            self.add(
                "salesforce.task", at(day), id=f"task_{person}", account_id=name, who_id=person,
                task_subtype=kind, status="Completed", direction_c="two_way",
                completed_date_time=at(day), created_date=at(day), is_deleted=False,
            )  # fmt: skip
        self.add(
            "customer_success.qbr", at(days_before(90)), id="qbr_aurora", account_id=name,
            scheduled_at=at(days_before(90)), held_at=at(days_before(90)), status="held",
        )  # fmt: skip
        self.add(
            "customer_success.csm_pulse", at(days_before(16)), id="pulse_aurora", account_id=name,
            rating=4, rated_at=at(days_before(16)),
        )  # fmt: skip
        # A champion's 10 that is 20 days old, and a 6 of 200 days ago; a third never replied.
        for person, age, score in (("cora", 20, 10), ("dan", 200, 6), ("sam", 20, None)):
            day = days_before(age)
            self.add(
                "surveys.invitations", at(day, "08:00"), id=f"invitation_{person}",
                person=f"person_{person}", survey_type="nps", sent_at=at(day, "08:00"),
                status="delivered",
            )  # fmt: skip
            if score is not None:
                self.add(
                    "surveys.survey_responses", at(day), id=f"answer_{person}", survey_type="nps",
                    person=f"person_{person}", score=score, created_at=at(day),
                )  # fmt: skip

    def _mail(self, person: str, kind: str, day: str, time: str) -> None:
        self.add(
            "marketing.email_event", at(day, time), id=f"{kind}_{person}", type=kind,
            created=at(day, time), recipient=f"{person}@aurora.example", filtered_event=False,
            email_campaign_id="news",
        )  # fmt: skip

    def _aurora_support(self) -> None:
        """Two tickets: one answered after an hour, one after two; 14:00 UTC is 9 in New York."""
        self.organization("aurora", 1)
        self.ticket(1, 101, "normal", "2025-11-03", "15:00", text=0.2)
        self.reply(101, "2025-11-03", "16:00")
        self.status(101, "solved", "2025-11-03", "20:00")
        self.rating(101, "2025-11-04")
        self.ticket(1, 102, "high", "2025-12-02", "15:00", text=0.6)
        self.reply(102, "2025-12-02", "17:00")
        self.status(102, "solved", "2025-12-03", "17:00")
        self.rating(102, "2025-12-04")

    def _aurora_market(self) -> None:
        for day, employees in (("2024-12-31", 200), ("2025-12-15", 220)):
            self.add(
                "market.firmographic", at(day), domain="aurora.example", employee_count=employees,
                vintage_date=at(day).date(),
            )  # fmt: skip
        day = days_before(180)
        self.add(
            "market.external_event", at(day), id="funding", domain="aurora.example",
            event_type="new_funding", event_date=at(day).date(), published_at=at(day),
        )  # fmt: skip

    def _birch(self) -> None:
        """Dead: the workspace still calls home, but nobody has worked in it since summer."""
        self.heartbeats("birch", "2025-12-29")
        self.tuesdays("birch", range(6), range(18, 30))

    def _cedar(self) -> None:
        """Past due: it is used as ever, but a second invoice is 97 days late."""
        self.heartbeats("cedar", "2025-12-29")
        self.tuesdays("cedar", range(5), range(17))
        self.invoice("cedar", 180000, due=days_before(97), paid=None)

    def _dune(self) -> None:
        """Silent: it was used until the feed broke on 30 November; the rest is unknown."""
        self.heartbeats("dune", days_before(31))
        self.tuesdays("dune", range(5), range(5, 16))

    def _elm(self) -> None:
        """In trouble: a severity 1 ticket is open since 15 December, answered after an hour."""
        self.heartbeats("elm", "2025-12-29")
        self.tuesdays("elm", range(5), range(17))
        self.organization("elm", 5)
        self.ticket(5, 501, "urgent", "2025-12-15", "15:00")
        self.reply(501, "2025-12-15", "16:00")
        for number in (502, 503, 504):
            self.ticket(5, number, "high", "2025-12-08", "15:00")
            self.reply(number, "2025-12-08", "21:00")
            self.status(number, "solved", "2025-12-30", "15:00")
        # An invoice of the last day keeps billing's clock on time for everybody.
        self.invoice("elm", 60000, due="2026-01-29", paid=None)

    # -- support ----------------------------------------------------------------------------

    def organization(self, name: str, number: int) -> None:
        self.add("zendesk.organization", at(START), id=number, name=name, external_id=name,
                 created_at=at(START))  # fmt: skip
        self.add("zendesk.user", at(START), id=number * 10, organization_id=number,
                 email=f"help@{name}.example", role="end-user", created_at=at(START))  # fmt: skip
        self.add("zendesk.user", at(START), id=number * 10 + 9, email="agent@us.example",
                 role="agent", created_at=at(START))  # fmt: skip

    def ticket(
        self, organization: int, number: int, priority: str, day: str, time: str, text: float = 0.0
    ) -> None:
        opened = at(day, time)
        self.add(
            "zendesk.ticket", opened, id=number, organization_id=organization, priority=priority,
            requester_id=organization * 10, type="incident", status="open", created_at=opened,
        )  # fmt: skip
        body = f"Ticket {number} does not work" if text else "."
        if text:
            self.texts[hashlib.md5(body.encode()).hexdigest()] = text
        self.comment(number, organization * 10, opened, body)

    def reply(self, number: int, day: str, time: str) -> None:
        agent = number // 100 * 10 + 9
        self.comment(number, agent, at(day, time), "Working on it")

    def comment(self, number: int, author: int, moment: dt.datetime, body: str) -> None:
        self.add(
            "zendesk.ticket_comment", moment, id=int(f"{number}{moment:%m%d%H}"), body=body,
            ticket_id=number, user_id=author, created=moment, public=True, via_channel="web",
        )  # fmt: skip

    def status(self, number: int, value: str, day: str, time: str) -> None:
        self.add(
            "zendesk.ticket_field_history", at(day, time), ticket_id=number, field_name="status",
            updated=at(day, time), value=value, user_id=number // 100 * 10 + 9,
        )  # fmt: skip

    def rating(self, number: int, day: str) -> None:
        self.add("zendesk.satisfaction_rating", at(day), id=number, ticket_id=number, score="good",
                 created_at=at(day))  # fmt: skip


CLOCKS = {
    "product_events.tracks": "received_at", "product_events.groups": "received_at",
    "product_events.entitlements": "recorded_at", "surveys": "_sdc_received_at",
    "customer_success": "recorded_at", "market": "recorded_at",
}  # fmt: skip


def tables(more: Rows) -> Iterator[tuple[str, pl.DataFrame]]:
    """Every raw table of the company, with the loader's clock under its own name."""
    company = Company()
    for name, rows in more.items():
        for row in rows:
            company.add(name, row.pop("loaded_at"), **row)
    for name, rows in company.rows.items():
        clock = CLOCKS.get(name) or CLOCKS.get(name.split(".")[0]) or "_fivetran_synced"
        frame = pl.DataFrame(rows, infer_schema_length=None, strict=False)
        yield name, frame.rename({"loaded": clock})


def build_company(folder: Path, dbt_server: DbtServer, more: Rows | None = None) -> Path:
    """Write the company and build it up to its scores; return the database."""
    write_company(folder, more or {})
    selection = ("--select", "+path:models/metrics", "+path:models/scoring")
    return build_written(folder, dbt_server, *selection, "--vars", "history_periods: 1")


def build_written(folder: Path, dbt_server: DbtServer, *arguments: str) -> Path:
    """Build what is written under a folder, as of the company's date; return the database."""
    database = folder / "health.duckdb"
    dbt_server.build(
        folder / "raw", folder / "derived", database, *arguments, HEALTH_AS_OF_DATE=str(AS_OF)
    )
    return database


def write_company(folder: Path, more: Rows) -> None:
    """Write raw and derived data under a folder, with further rows of some tables."""
    for name, frame in tables(more):
        path = folder.joinpath("raw", *name.split(".")).with_suffix(".parquet")
        path.parent.mkdir(parents=True, exist_ok=True)
        frame.write_parquet(path)
    texts = Company().texts
    path = folder / "derived" / "text_sentiment.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    pl.DataFrame(
        {
            "text_hash": list(texts),
            "compound": list(texts.values()),
            "is_supported_language": [True] * len(texts),
            "scorer_version": ["by hand"] * len(texts),
            "text_length": [20] * len(texts),
        }
    ).write_parquet(path)
