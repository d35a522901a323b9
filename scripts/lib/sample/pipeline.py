"""Opportunities with their stage history: new business, renewals and expansions."""

from __future__ import annotations

import numpy as np
import polars as pl

from scripts.lib.sample.config import CURRENCIES, MINOR_UNITS
from scripts.lib.sample.context import World
from scripts.lib.sample.contracts import BASE, Subscriptions
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    NONE,
    Floats,
    Ints,
    day,
    join_text,
    moment,
    pick,
    salesforce_ids,
    within,
)

STAGES = ("Discovery", "Proposal", "Negotiation", "Closed Won", "Closed Lost")
CHANCE = (20.0, 45.0, 75.0, 100.0, 0.0)
NEW, EXPANSION, RENEWAL = range(3)
TYPES = ("New Business", "Expansion", "Renewal")


def _yearly_amount(world: World, subs: Subscriptions) -> Floats:
    """Yearly list-currency amount of the base contract, accounts x months."""
    a, life = world.accounts, world.life
    base = np.flatnonzero(subs.kind == BASE)
    unit = np.zeros(life.active.shape)
    key = subs.account[base] * 1000 + subs.from_month[base]
    who, month = np.nonzero(life.active)
    row = base[np.searchsorted(key, who * 1000 + month, side="right") - 1]
    minor = np.asarray(MINOR_UNITS)[a.currency[who]]
    unit[who, month] = subs.price[row] / minor * (12 / subs.interval[row])
    return unit * life.seats


def _deals(world: World, subs: Subscriptions) -> tuple[Ints, ...]:
    """Account, type, opened, closed, won (1) or lost (0), amount in cents of currency."""
    a, cal, life = world.accounts, world.cal, world.life
    rng = world.streams.get("pipeline.deal")
    yearly = _yearly_amount(world, subs)
    months = world.config.months
    rows: list[tuple[Ints, ...]] = []

    def add(who: Ints, kind: int, opened: Ints, closed: Ints, won: Ints, amount: Floats) -> None:
        cents = np.maximum(100, np.rint(amount * 100)).astype(np.int64)
        rows.append((who, np.full(len(who), kind), opened, closed, won, cents))

    s = life.spells
    fresh = np.flatnonzero((s.start_month >= 0) & (a.kind[s.account] == 0))
    who = s.account[fresh]
    closed = s.start_at[fresh] - rng.integers(1, 10, len(fresh)) * DAY
    opened = closed - rng.integers(25, 120, len(fresh)) * DAY
    add(
        who,
        NEW,
        opened,
        closed,
        np.ones(len(fresh), dtype=np.int64),
        yearly[who, s.start_month[fresh]],
    )

    grown = yearly[:, 1:] - yearly[:, :-1]
    rose = (grown > 0) & life.active[:, :-1] & (rng.random(grown.shape) < 0.6)
    who, month = np.nonzero(rose)
    closed = cal.anchor(month + 1, a.anchor_day[who]) - rng.integers(0, 6, len(who)) * DAY
    opened = closed - rng.integers(15, 110, len(who)) * DAY
    add(who, EXPANSION, opened, closed, np.ones(len(who), dtype=np.int64), grown[who, month])

    wish = 0.018 * np.exp(np.clip(0.5 * world.signals["revenue"], -2, 1.5))
    who, month = np.nonzero(life.active & (a.kind == 0)[:, None] & (rng.random(wish.shape) < wish))
    opened = cal.month_start(month) + rng.integers(0, 28 * DAY, len(who))
    closed = opened + rng.integers(20, 150, len(who)) * DAY
    add(
        who,
        EXPANSION,
        opened,
        closed,
        np.zeros(len(who), dtype=np.int64),
        yearly[who, month] * rng.uniform(0.08, 0.4, len(who)),
    )

    term = a.term[s.account]
    last = np.minimum(s.end_month, months + 4)
    first = np.maximum(0, s.start_month)
    counts = np.where(term > 1, (last - s.start_month) // term - (first - s.start_month) // term, 0)
    counts = np.where(a.kind[s.account] == 0, np.maximum(counts, 0), 0)
    spell = np.repeat(np.arange(len(counts)), counts)
    done = (first - s.start_month)[spell] // term[spell]
    month = s.start_month[spell] + (done + 1 + within(spell)) * term[spell]
    who = s.account[spell]
    renews = cal.anchor(month, a.anchor_day[who])
    opened = renews - 120 * DAY + rng.integers(0, 10 * DAY, len(who))
    lost = month >= s.end_month[spell]
    decided = np.where(
        lost & (s.notice_at[spell] > NONE),
        s.notice_at[spell],
        renews - rng.integers(0, 20, len(who)) * DAY,
    )
    decided = np.maximum(decided, opened + DAY)
    value = yearly[who, np.clip(month - 1, 0, months - 1)]
    add(who, RENEWAL, opened, decided, (~lost).astype(np.int64), value)
    return tuple(np.concatenate([r[i] for r in rows]) for i in range(6))


def write(world: World, subs: Subscriptions) -> None:
    """Write opportunity and opportunity_history."""
    a, cal = world.accounts, world.cal
    rng = world.streams.get("pipeline.rows")
    who, kind, opened, closed, won, cents = _deals(world, subs)
    keep = (opened < cal.last_event) & (closed > cal.start) & (closed > opened)
    order = np.argsort(opened[keep], kind="stable")
    who, kind, opened, closed, won, cents = (
        x[keep][order] for x in (who, kind, opened, closed, won, cents)
    )
    n = len(who)
    length = closed - opened
    drift = np.round(cents / 100 * rng.uniform(0.85, 1.2, n), 2)
    amount = np.round(cents / 100, 2)
    steps = [
        (np.arange(n), opened, np.zeros(n, dtype=np.int64)),
        (
            np.arange(n),
            opened + (length * rng.uniform(0.2, 0.45, n)).astype(np.int64),
            np.ones(n, dtype=np.int64),
        ),
        (
            np.arange(n),
            opened + (length * rng.uniform(0.55, 0.85, n)).astype(np.int64),
            np.full(n, 2),
        ),
        (np.arange(n), closed, np.where(won == 1, 3, 4)),
    ]
    # half of the lost ones never reach negotiation
    far = (won == 1) | (who % 2 == 0)
    steps[2] = (steps[2][0][far], steps[2][1][far], steps[2][2][far])
    deal, at, stage = (np.concatenate([s[i] for s in steps]) for i in range(3))
    seen = at < cal.last_event
    deal, at, stage = deal[seen], at[seen], stage[seen]
    order = np.lexsort((stage, at, deal))
    deal, at, stage = deal[order], at[order], stage[order]
    last = np.r_[deal[1:] != deal[:-1], True]
    until = np.where(last, NEVER, np.r_[at[1:], 0])
    worth = np.where(stage < 2, drift[deal], amount[deal])
    slipped = closed[deal] - np.where(stage < 2, rng.integers(0, 30, len(deal)), 0) * DAY
    planned = day(np.maximum(slipped, at))
    ids = salesforce_ids("006", np.arange(n) + 3000)
    account_id = pick(a.crm_id, who)
    chance = np.asarray(CHANCE)
    world.writer.put(
        "salesforce",
        "opportunity_history",
        {
            "id": pick(ids, deal),
            "account_id": pick(account_id, deal),
            "type": pick(TYPES, kind[deal]),
            "stage_name": pick(STAGES, stage),
            "amount": worth,
            "probability": chance[stage],
            "close_date": planned,
            "is_closed": stage >= 3,
            "is_won": stage == 3,
            "_fivetran_start": moment(at),
            "_fivetran_end": moment(until),
            "_fivetran_active": last,
            "_fivetran_synced": moment(world.synced(rng, at)),
        },
        rng,
    )
    final = stage[last]
    now = worth[last]
    world.writer.put(
        "salesforce",
        "opportunity",
        {
            "id": ids,
            "account_id": account_id,
            "owner_id": world.owner_id(who),
            "name": join_text(pick(a.name, who), " ", pick(TYPES, kind)),
            "type": pick(TYPES, kind),
            "stage_name": pick(STAGES, final),
            "amount": now,
            "currency_iso_code": pick([c.upper() for c in CURRENCIES], a.currency[who]),
            "expected_revenue": np.round(now * chance[final] / 100, 2),
            "probability": chance[final],
            "close_date": planned.filter(pl.Series(last)),
            "created_date": moment(opened),
            "is_closed": final >= 3,
            "is_won": final == 3,
            "forecast_category": pick(
                ["Pipeline", "Best Case", "Commit", "Closed", "Omitted"], final
            ),
            "last_activity_date": day(np.minimum(at[last] + HOUR, cal.last_event - 1)),
            "is_deleted": np.zeros(n, dtype=bool),
            "_fivetran_synced": moment(world.synced(rng, opened)),
        },
        rng,
    )
