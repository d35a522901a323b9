"""CRM rows of accounts, owners and contacts, with twins, merges, parents and test accounts."""

from __future__ import annotations

import numpy as np
import polars as pl

from scripts.lib.sample.accounts import CUSTOMER, TEST, TRIAL
from scripts.lib.sample.config import COUNTRIES, INDUSTRIES, SEGMENTS, STATES
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    NEVER,
    day,
    join_text,
    moment,
    null_where,
    pick,
    salesforce_ids,
)

TITLES = (
    "Operations Manager",
    "Chief Operating Officer",
    "Head of Procurement",
    "Analyst",
    "Team Lead",
    "Coordinator",
    "Specialist",
    "Administrator",
)
DEPARTMENTS = ("Operations", "Executive", "Procurement", "Finance", "IT", "Sales", "Support")
SOURCES = ("Web", "Referral", "Event", "Partner", "Outbound")
INDUSTRY_LABELS = tuple(name.replace("_", " ").title() for name in INDUSTRIES)


def write(world: World) -> None:
    """Write account, user and contact."""
    _accounts(world)
    _users(world)
    _contacts(world)


def _accounts(world: World) -> None:
    a, cal = world.accounts, world.cal
    rng = world.streams.get("crm.account")
    n, twins = a.count, len(a.twin_of)
    of = np.r_[np.arange(n), a.twin_of]
    is_twin = np.arange(n + twins) >= n
    kind = a.kind[of]
    types = np.select([kind == CUSTOMER, kind == TRIAL], [0, 1], 2 + (of % 2))
    created = np.where(
        is_twin, a.created[of] + rng.integers(20, 200, n + twins) * DAY, a.created[of]
    )
    merged_at = np.r_[a.merged_at, a.twin_merged_at]
    is_merged = merged_at < cal.last_event
    master = np.where(is_merged, np.r_[a.merged_into, a.twin_of], -1)
    modified = np.minimum(created + rng.integers(1, 400, n + twins) * DAY, cal.last_event - 1)
    modified = np.where(is_merged, merged_at, np.maximum(modified, created))
    suffix = pick(["", " Inc", " Ltd", ", LLC"], np.where(is_twin, 1 + of % 3, 0))
    seat_revenue = a.employees[of] * rng.lognormal(11.3, 0.5, n + twins)
    dirt = world.writer.dirt
    dirt.note("salesforce", "account", "duplicate_accounts", twins)
    dirt.note("salesforce", "account", "merged_accounts", int(is_merged.sum()))
    dirt.note("salesforce", "account", "trial_accounts", int((a.kind == TRIAL).sum()))
    dirt.note("salesforce", "account", "test_accounts", int((a.kind == TEST).sum()))
    world.writer.put(
        "salesforce",
        "account",
        {
            "id": a.crm_id,
            "name": join_text(pick(a.name, of), suffix),
            "parent_id": pick(a.crm_id, np.where(is_twin, -1, a.parent[of])),
            "owner_id": world.owner_id(of),
            "type": pick(["Customer", "Trial", "Test", "Internal"], types),
            "industry": pick(INDUSTRY_LABELS, a.industry[of]),
            "annual_revenue": np.round(seat_revenue, -3),
            "number_of_employees": a.employees[of],
            "billing_country": pick(COUNTRIES, a.country[of]),
            "billing_state": pick(STATES, a.country[of]),
            "website": join_text(
                pick(["https://www.", "http://", "www."], of % 3), pick(a.domain, of)
            ),
            "created_date": moment(created),
            "last_modified_date": moment(modified),
            "last_activity_date": day(np.minimum(modified, cal.last_event - 1)),
            "master_record_id": pick(a.crm_id, master),
            "is_deleted": is_merged,
            "segment_c": pick(SEGMENTS, a.segment[of]),
            "touch_model_c": pick(["High Touch", "Tech Touch"], a.tech_touch[of].astype(np.int64)),
            "support_entitlement_c": a.support_entitled[of],
            "_fivetran_synced": moment(world.synced(rng, created)),
        },
        rng,
    )


def _users(world: World) -> None:
    rng = world.streams.get("crm.user")
    owners = int(world.accounts.owner.max()) + 1
    number = np.arange(owners)
    silent = world.accounts.silent_owners
    start = np.full(owners, world.cal.start - 1500 * DAY)
    label = pl.Series(number + 1).cast(pl.String).str.zfill(3)
    ids = salesforce_ids("005", number + 500)
    world.writer.put(
        "salesforce",
        "user",
        {
            "id": ids,
            "name": join_text("Owner ", label),
            "email": join_text("owner", label, "@vendor.example"),
            "is_active": number % 17 != 16,
            "title": "Customer Success Manager",
            "department": "Customer Success",
            "manager_id": pick(ids, np.where(number == 0, -1, 0)),
            "user_type": "Standard",
            "activity_sync_enabled_c": number >= silent,
            "_fivetran_synced": moment(world.synced(rng, start)),
        },
        rng,
    )


def _contacts(world: World) -> None:
    a, cal = world.accounts, world.cal
    rng = world.streams.get("crm.contact")
    account = a.contact_account
    n = len(account)
    slot = np.arange(n) - np.repeat(a.first_contact, a.contacts)
    spread = np.where(slot < 3, 20, 260) * DAY
    created = a.created[account] + (rng.random(n) * spread).astype(np.int64)
    label = pl.Series(slot + 1).cast(pl.String).str.zfill(4)
    title = np.where(slot < 3, slot, 3 + rng.integers(0, 5, n))
    department = np.where(slot < 3, slot, rng.integers(2, len(DEPARTMENTS), n))
    modified = np.minimum(created + rng.integers(0, 300, n) * DAY, cal.last_event - 1)
    world.writer.put(
        "salesforce",
        "contact",
        {
            "id": world.contact_id(np.arange(n)),
            "account_id": world.crm_key(rng, account, created),
            "owner_id": world.owner_id(account),
            "email": null_where(world.contact_email, rng.random(n) < 0.02),
            "name": join_text("Contact ", label),
            "first_name": "Contact",
            "last_name": label,
            "title": pick(TITLES, title),
            "department": pick(DEPARTMENTS, department),
            "lead_source": pick(SOURCES, rng.integers(0, len(SOURCES), n)),
            "created_date": moment(created),
            "last_modified_date": moment(np.maximum(created, modified)),
            "last_activity_date": day(np.where(rng.random(n) < 0.7, modified, NEVER)),
            "is_deleted": np.zeros(n, dtype=bool),
            "_fivetran_synced": moment(world.synced(rng, created)),
        },
        rng,
    )
