"""Marketing: mails with clicks and scanners, opt-outs, forms and attendance."""

from __future__ import annotations

import numpy as np
import polars as pl

from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Ints,
    coded,
    join_text,
    moment,
    null_where,
    numbered,
    pick,
    sigmoid,
)

SENT, DELIVERED, OPEN, CLICK, BOUNCE, STATUS = range(6)
TYPES = ("SENT", "DELIVERED", "OPEN", "CLICK", "BOUNCE", "STATUSCHANGE")
GATHERINGS = ("webinar", "training", "community", "conference")


def write(world: World) -> None:
    """Write the marketing system's tables."""
    rng = world.streams.get("marketing.contact")
    a = world.accounts
    account = a.contact_account
    known = np.flatnonzero(rng.random(len(account)) < 0.8)
    created = a.created[account[known]] + rng.integers(0, 90 * DAY, len(known))
    marketable = rng.random(len(known)) < 0.94
    _mails(world, known, created, marketable)
    _forms(world, known)
    _gatherings(world)
    _companies(world)


def _mails(world: World, known: Ints, created: Ints, marketable: Bools) -> None:
    a, cal, e = world.accounts, world.cal, world.config.engagement
    rng = world.streams.get("marketing.mail")
    months = world.config.months
    account = a.contact_account[known]
    mood = world.signals["marketing"]
    n = len(known)
    leave = e.opt_out * np.exp(np.clip(-0.6 * mood[account], -2, 2))
    left = np.where(rng.random((n, months)) < leave, np.arange(months)[None, :], months)
    left = left.min(axis=1)
    mailed = rng.random((n, months)) < e.campaign_reach
    mailed &= marketable[:, None] & (np.arange(months)[None, :] <= left[:, None])
    starts = cal.month_start(np.arange(months))
    mailed &= created[:, None] < starts[None, :]
    mailed &= a.start_month[account][:, None] <= np.arange(months)[None, :]
    mailed[np.arange(n), np.minimum(left, months - 1)] |= (left < months) & marketable
    row, month = np.nonzero(mailed)
    m = len(row)
    who = account[row]
    # one campaign a month on a workday morning
    first = starts[month] // DAY + 8
    sent = (first + (3 - (first + 3) % 7) % 7) * DAY + 9 * HOUR + rng.integers(0, 2 * HOUR, m)
    bounced = rng.random(m) < e.bounce
    delivered = sent + rng.integers(2, 40, m)
    arrives = np.flatnonzero(~bounced)
    opened = arrives[rng.random(len(arrives)) < 0.42]
    clicks = sigmoid(e.click_logit + 0.7 * mood[who, month])
    clicked = arrives[rng.random(len(arrives)) < clicks[arrives]]
    scanned_accounts = rng.random(a.count) < e.scanner_accounts
    scanned = arrives[scanned_accounts[who[arrives]]]
    out = arrives[(left[row] == month)[arrives]]
    parts = [
        (np.arange(m), sent, SENT),
        (arrives, delivered[arrives], DELIVERED),
        (np.flatnonzero(bounced), sent[bounced] + 30, BOUNCE),
        (opened, delivered[opened] + rng.integers(60, 2 * DAY, len(opened)), OPEN),
        (scanned, delivered[scanned] + rng.integers(0, 2, len(scanned)), CLICK),
        (clicked, delivered[clicked] + rng.integers(45, 3 * DAY, len(clicked)), CLICK),
        (out, delivered[out] + rng.integers(60, DAY, len(out)), STATUS),
    ]
    mail = np.concatenate([p[0] for p in parts])
    at = np.concatenate([p[1] for p in parts])
    kind = np.repeat([p[2] for p in parts], [len(p[0]) for p in parts])
    machine = np.zeros(len(mail), dtype=bool)
    begin = sum(len(p[0]) for p in parts[:4])
    machine[begin : begin + len(scanned)] = True
    keep = at < cal.last_event
    order = np.argsort(at[keep], kind="stable")
    mail, at, kind, machine = (x[keep][order] for x in (mail, at, kind, machine))
    k = len(mail)
    ids = coded("ee_", np.arange(k) + 10, 8)
    synced = world.synced(rng, at)
    email = pick(world.contact_email, known[row[mail]])
    world.writer.put(
        "marketing",
        "email_event",
        {
            "id": ids,
            "type": pick(TYPES, kind),
            "created": moment(at),
            "recipient": email,
            "email_campaign_id": numbered("campaign-", month[mail] + 1),
            "filtered_event": (kind == OPEN) & (rng.random(k) < 0.1),
            "obsoleted_by_id": None,
            "_fivetran_synced": moment(synced),
        },
        rng,
    )
    hit = np.flatnonzero(kind == DELIVERED)
    world.writer.put(
        "marketing",
        "email_event_delivered",
        {
            "id": pick(ids, hit),
            "smtp_id": numbered("smtp-", hit),
            "response": "250 OK",
            "_fivetran_synced": moment(synced[hit]),
        },
        rng,
    )
    hit = np.flatnonzero(kind == CLICK)
    world.writer.put(
        "marketing",
        "email_event_click",
        {
            "id": pick(ids, hit),
            "url": "https://vendor.example/news",
            "user_agent": pick(["Mozilla/5.0", "LinkScanner/2.1"], machine[hit].astype(np.int64)),
            "_fivetran_synced": moment(synced[hit]),
        },
        rng,
    )
    hit = np.flatnonzero(kind == STATUS)
    world.writer.put(
        "marketing",
        "email_event_status_change",
        {
            "id": pick(ids, hit),
            "portal_subscription_status": "UNSUBSCRIBED",
            "requested_by": email.gather(hit),
            "_fivetran_synced": moment(synced[hit]),
        },
        rng,
    )
    gone = np.zeros(n, dtype=bool)
    gone[row[mail[hit]]] = True
    world.writer.put(
        "marketing",
        "contact",
        {
            "id": numbered("", 5_000_000 + known),
            "property_email": pick(world.contact_email, known),
            "property_createdate": moment(created),
            "property_lifecyclestage": "customer",
            # the source knows only today's status: those who left were marketable before
            "property_hs_marketable_status": marketable & ~gone,
            "_fivetran_deleted": np.zeros(n, dtype=bool),
            "_fivetran_synced": moment(world.synced(rng, created)),
        },
        rng,
    )


def _forms(world: World, known: Ints) -> None:
    a = world.accounts
    rng = world.streams.get("marketing.form")
    mood = world.signals["marketing"]
    account, month = np.nonzero(
        world.life.active & (rng.random(mood.shape) < 0.02 * np.exp(np.clip(0.6 * mood, -2, 2)))
    )
    has = np.isin(a.first_contact[account], known)
    account, month = account[has], month[has]
    low, high = world.bounds(account, month)
    at = low + (rng.random(len(account)) * np.maximum(0, high - low)).astype(np.int64)
    form = rng.integers(1, 6, len(account))
    world.writer.put(
        "marketing",
        "contact_form_submission",
        {
            "contact_id": numbered("", 5_000_000 + a.first_contact[account]),
            "form_id": numbered("form-", form),
            "timestamp": moment(at),
            "page_url": join_text("https://vendor.example/forms/", pl.Series(form)),
            "_fivetran_synced": moment(world.synced(rng, at)),
        },
        rng,
    )


def _gatherings(world: World) -> None:
    """Attendance: weekly webinars and trainings, a yearly conference."""
    a, cal, e = world.accounts, world.cal, world.config.engagement
    rng = world.streams.get("marketing.gathering")
    mood = world.signals["marketing"]
    rate = e.attendance * np.exp(np.clip(0.7 * mood, -2.5, 2)) * a.contacts[:, None]
    counts = world.open_counts(rng, rate)
    account = np.repeat(np.arange(a.count), counts.sum(axis=1))
    month = np.repeat(np.tile(np.arange(world.config.months), a.count), counts.ravel())
    n = len(account)
    low, high = world.bounds(account, month)
    held = (low + (rng.random(n) * np.maximum(0, high - low)).astype(np.int64)) // DAY * DAY
    held = held + 15 * HOUR
    registered = held - rng.integers(1, 20, n) * DAY - rng.integers(0, 8 * HOUR, n)
    came = (rng.random(n) < 0.58) & (held < cal.last_event)
    contact = a.first_contact[account] + (rng.random(n) * a.contacts[account]).astype(np.int64)
    kind = rng.choice(4, size=n, p=[0.5, 0.25, 0.2, 0.05])
    order = np.argsort(registered, kind="stable")
    contact, kind, registered, held, came, month = (
        x[order] for x in (contact, kind, registered, held, came, month)
    )
    # attendance is loaded when the event is over; no-shows keep an empty moment
    loaded = np.where(held < cal.last_event, held + HOUR, registered)
    world.writer.put(
        "marketing",
        "event_attendance",
        {
            "id": coded("att_", np.arange(n) + 10, 7),
            "contact_email": null_where(pick(world.contact_email, contact), rng.random(n) < 0.0),
            "event_type": pick(GATHERINGS, kind),
            "event_name": join_text(
                pick([g.title() for g in GATHERINGS], kind), " ", pl.Series(month + 1)
            ),
            "registered_at": moment(registered),
            "attended_at": moment(np.where(came, held, NEVER)),
            "_fivetran_synced": moment(world.synced(rng, loaded)),
        },
        rng,
    )


def _companies(world: World) -> None:
    """The companies that are synchronised with the CRM; no health was written to them yet."""
    a = world.accounts
    rng = world.streams.get("marketing.company")
    rows = np.flatnonzero(rng.random(a.count) < 0.9)
    created = a.created[rows] + rng.integers(HOUR, 10 * DAY, len(rows))
    world.writer.put(
        "marketing",
        "company",
        {
            "id": numbered("", 7_000_000 + rows * 3),
            "property_salesforceaccountid": pick(a.crm_id, rows),
            "is_deleted": False,
            "_fivetran_synced": moment(world.synced(rng, created)),
        },
        rng,
    )
