"""Product events: users active by month and quarter of month, features, bots, outages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample.accounts import TEST
from scripts.lib.sample.calendar import weekday
from scripts.lib.sample.config import TIERS
from scripts.lib.sample.context import World
from scripts.lib.sample.features import (
    INTRODUCED,
    MILESTONE_DAYS,
    MILESTONES,
    RENAMED_TO,
    USAGE,
)
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Floats,
    Ints,
    day,
    moment,
    null_where,
    numbered,
    pick,
    sigmoid,
    within,
)

EVENT_NAMES = [f.event for f in USAGE] + [RENAMED_TO] + [f.event for f in MILESTONES]
RENAMED_INDEX = len(USAGE)
MILESTONE_INDEX = len(USAGE) + 1
HUMAN, BOT, EMPLOYEE = range(3)
USER_BASE = 10_000_000
EVENT_BASE = 10_000_000_000
SLOTS = 4
# multiples of these spread evenly over the unit interval
GOLDEN, PLASTIC = 0.6180339887, 0.7548776662


@dataclass(frozen=True)
class Telemetry:
    """When product events reach us, by account."""

    dark_from: Ints  # accounts x months; a month holds at most the start of one dark spell
    dark_to: Ints
    outage_from: int
    outage_to: int

    def hears(self, world: World, account: Ints, at: Ints) -> Bools:
        """Whether an event of an account at a moment is received."""
        month = np.clip(world.cal.month_of(at), 0, self.dark_from.shape[1] - 1)
        ok = ~world.accounts.no_telemetry[account]
        ok &= ~((at >= self.outage_from) & (at < self.outage_to))
        for back in range(3):
            m = np.maximum(0, month - back)
            ok &= ~((at >= self.dark_from[account, m]) & (at < self.dark_to[account, m]))
        return ok


def telemetry(world: World) -> Telemetry:
    """Dark spells of single accounts and the outage of all."""
    p, cal = world.config.product, world.cal
    rng = world.streams.get("product.telemetry")
    n, months = world.life.active.shape
    starts = cal.month_start(np.arange(months))[None, :] + rng.integers(0, 27 * DAY, (n, months))
    length = rng.integers(*p.dark_days, (n, months)) * DAY
    dark = rng.random((n, months)) < p.dark_spell
    first = cal.start + int((cal.last_event - cal.start) * p.outage_at) // DAY * DAY
    return Telemetry(
        np.where(dark, starts, NEVER),
        np.where(dark, starts + length, NEVER),
        first,
        first + p.outage_days * DAY,
    )


@dataclass(frozen=True)
class _Crew:
    """Users of all accounts: every account has as many as its seats ever were."""

    account: Ints
    slot: Ints
    leaning: Floats
    weight: Floats
    first: Ints
    turn: Floats  # by account


def _crew(world: World) -> _Crew:
    p = world.config.product
    rng = world.streams.get("product.crew")
    size = world.life.seats.max(axis=1)
    account = np.repeat(np.arange(len(size)), size)
    n = len(account)
    return _Crew(
        account=account,
        slot=within(account),
        leaning=rng.normal(p.month_active[0], p.month_active[1], n),
        weight=rng.gamma(4.0, 0.25, n),
        first=np.cumsum(size) - size,
        turn=rng.random(len(size)),
    )


def write(world: World) -> None:
    """Write tracks, groups and entitlements."""
    heard = telemetry(world)
    world.writer.put_parts("product_events", "tracks", _tracks(world, heard))
    _groups(world, heard)
    _entitlements(world)


def introduced_at(world: World) -> int:
    """Moment from which the new feature exists."""
    cal = world.cal
    return cal.start + int((cal.last_event - cal.start) * 0.4) // DAY * DAY


def _orders(world: World) -> tuple[Ints, Ints]:
    """Each account's order of features, and how many its plan has, by tier."""
    rng = world.streams.get("product.orders")
    n = world.accounts.count
    habit = np.arange(len(USAGE))[None, :] * 0.55 + rng.normal(0, 2.2, (n, len(USAGE)))
    lowest = np.array([f.tier for f in USAGE])
    orders = np.empty((len(TIERS), n, len(USAGE)), dtype=np.int64)
    for tier in range(len(TIERS)):
        orders[tier] = np.argsort(habit + 1000.0 * (lowest > tier), axis=1, kind="stable")
    return orders, np.array([(lowest <= tier).sum() for tier in range(len(TIERS))])


def _tracks(world: World, heard: Telemetry) -> Iterator[pl.DataFrame]:
    """Events month by month."""
    crew = _crew(world)
    orders, entitled = _orders(world)
    renamed = world.cal.start + int(
        (world.cal.last_event - world.cal.start) * world.config.product.rename_at
    )
    milestone = _milestones(world, crew)
    number = EVENT_BASE
    for month in range(world.config.months):
        rng = world.streams.get("product.tracks", month)
        user, slot = _activity(world, crew, rng, month)
        parts = [
            _human(world, crew, rng, month, user, slot, orders, entitled),
            _bots(world, rng, month, orders),
            tuple(x[milestone[5] == month] for x in milestone[:5]),
        ]
        account, who, event, kind, at = (np.concatenate([p[i] for p in parts]) for i in range(5))
        event = np.where((event == 0) & (at >= renamed), RENAMED_INDEX, event)
        keep = heard.hears(world, account, at)
        order = np.argsort(at[keep], kind="stable")
        account, who, event, kind, at = (x[keep][order] for x in (account, who, event, kind, at))
        n = len(at)
        nameless = (kind == HUMAN) & (rng.random(n) < world.config.product.anonymous)
        received = world.synced(rng, at, late=True)
        yield world.writer.conform(
            "product_events",
            "tracks",
            {
                "id": numbered("e", number + np.arange(n)),
                "event": pick(EVENT_NAMES, event),
                "user_id": null_where(numbered("u", USER_BASE + who), nameless),
                "anonymous_id": null_where(numbered("a", USER_BASE + who % 977), ~nameless),
                "context_group_id": pick(world.accounts.workspace_id, account),
                "context_user_type": pick(["human", "bot", "employee"], kind),
                "timestamp": moment(at),
                "received_at": moment(received),
            },
            rng,
        )
        number += n


def _activity(world: World, crew: _Crew, rng: np.random.Generator, month: int) -> tuple[Ints, Ints]:
    """Users and quarters of the month in which they are active."""
    p, a, life = world.config.product, world.accounts, world.life
    age = month - a.start_month
    ramp = np.where(age >= 0, p.ramp * np.exp(-np.maximum(age, 0) / 1.5), 0.0)
    level = p.activity_slope * world.signals["utilisation"][:, month] + world.season[:, month]
    level = level - ramp
    open_now = life.open_to[:, month] > life.open_from[:, month]
    holds = (crew.slot < life.seats[crew.account, month]) & open_now[crew.account]
    rows = np.flatnonzero(holds)
    account = crew.account[rows]
    # the users of an account come from one pool that turns slowly: who was active mostly stays so
    place = crew.slot[rows] * GOLDEN + crew.turn[account] + month * p.turnover
    here = place % 1.0 < sigmoid(level[account] + crew.leaning[rows])
    rows, account = rows[here], account[here]
    # recency: in a bad month the whole account falls silent for one of the quarters
    silent = (
        rng.random((a.count, SLOTS))
        < sigmoid(p.silence[0] + p.silence[1] * world.signals["recency"][:, month])[:, None]
    )
    weekly = sigmoid(p.slot_active[0] + p.slot_active[1] * world.signals["stickiness"][:, month])
    # even spacing: a user is active in about this share of the quarters, and so is each quarter
    first = crew.slot[rows] * PLASTIC + rng.random(a.count)[account]
    draw = (first[:, None] + np.arange(SLOTS) / SLOTS) % 1.0 < weekly[account][:, None]
    draw &= ~silent[account]
    which, slot = np.nonzero(draw)
    return rows[which], slot


def _human(
    world: World,
    crew: _Crew,
    rng: np.random.Generator,
    month: int,
    user: Ints,
    slot: Ints,
    orders: Ints,
    entitled: Ints,
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    p, a, life, cal = world.config.product, world.accounts, world.life, world.cal
    s = world.signals
    account = crew.account[user]
    depth = np.exp(p.depth[0] + p.depth[1] * s["stickiness"][:, month])[account]
    rate = rng.gamma(p.depth_shape, depth * crew.weight[user] / p.depth_shape)
    counts = 1 + np.floor(np.minimum(rate, 60.0) + rng.random(len(user))).astype(np.int64)
    row = np.repeat(np.arange(len(user)), counts)
    n = len(row)
    account, who = account[row], user[row]

    # features: the first k of the account's own order, the popular ones more often
    tier = life.tier[:, month]
    share = sigmoid(p.breadth[0] + p.breadth[1] * s["breadth"][:, month])
    known = np.maximum(3, np.rint(entitled[tier] * share)).astype(np.int64)
    even = (within(account) * GOLDEN + rng.random(a.count)[account]) % 1.0
    place = (even**1.7 * known[account]).astype(np.int64)
    event = orders[tier[account], account, place]
    new = [f.feature for f in USAGE].index(INTRODUCED)
    if cal.month_start(np.array([month + 1]))[0] <= introduced_at(world):
        event = np.where(event == new, 0, event)

    start, stop = cal.month_start(np.array([month, month + 1]))
    days = int(stop - start) // DAY
    first_day = start // DAY
    weight = _day_weights(world, np.arange(first_day, first_day + days))
    pool = _slot_days(weight, days)
    chosen = pool[slot[row], rng.integers(0, pool.shape[1], n)]
    hour = np.clip(rng.normal(13.0, 3.2, n), 0, 23.99)
    at = (first_day + chosen) * DAY + (hour * HOUR).astype(np.int64)
    inside = (at >= life.open_from[account, month]) & (at < life.open_to[account, month])
    employee = (rng.random(n) < p.employee_events) | (a.kind[account] == TEST)
    kind = np.where(employee, EMPLOYEE, HUMAN)
    return account[inside], who[inside], event[inside], kind[inside], at[inside]


def _day_weights(world: World, days: Ints) -> Floats:
    p = world.config.product
    weight = np.where(weekday(days) >= 5, p.weekend, 1.0)
    date = days.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    number = (date - month.astype("datetime64[D]")).astype(np.int64) + 1
    late_december = (month.astype(np.int64) % 12 == 11) & (number >= 24)
    return np.where(late_december, weight * p.holiday, weight)


def _slot_days(weight: Floats, days: int) -> Ints:
    """For each quarter of a month a table of days in proportion to their weight."""
    size = 1000
    edges = np.linspace(0, days, SLOTS + 1).round().astype(np.int64)
    table = np.empty((SLOTS, size), dtype=np.int64)
    for slot in range(SLOTS):
        part = np.cumsum(weight[edges[slot] : edges[slot + 1]])
        table[slot] = edges[slot] + np.searchsorted(
            part / part[-1], (np.arange(size) + 0.5) / size, side="right"
        )
    return table


def _bots(
    world: World, rng: np.random.Generator, month: int, orders: Ints
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    p, a, life = world.config.product, world.accounts, world.life
    has_bot = world.streams.get("product.bots").random(a.count) < p.bot_accounts
    length = np.maximum(0, life.open_to[:, month] - life.open_from[:, month]) / (30 * DAY)
    account = np.repeat(np.arange(a.count), rng.poisson(p.bot_events * length * has_bot))
    n = len(account)
    low, high = life.open_from[account, month], life.open_to[account, month]
    at = low + (rng.random(n) * (high - low)).astype(np.int64)
    event = orders[0, account, rng.integers(0, 3, n)]
    return account, -1 - account, event, np.full(n, BOT), at


def _milestones(world: World, crew: _Crew) -> tuple[Ints, ...]:
    """First steps of accounts that start inside the window."""
    a, cal = world.accounts, world.cal
    rng = world.streams.get("product.milestones")
    account = np.repeat(np.flatnonzero(a.start_month >= 0), len(MILESTONES))
    n = len(account)
    which = np.tile(np.arange(len(MILESTONES)), n // len(MILESTONES))
    adoption = world.signals["utilisation"][account, a.start_month[account]]
    days = np.asarray(MILESTONE_DAYS)[which] * np.exp(
        -0.45 * adoption + 0.6 * rng.standard_normal(n)
    )
    start = cal.anchor(a.start_month, a.anchor_day)[account]
    at = start + (days * DAY).astype(np.int64) + 9 * HOUR
    month = cal.month_of(at)
    good = (at < cal.last_event) & (days < 300) & (month < world.config.months)
    safe = np.clip(month, 0, world.config.months - 1)
    good &= (at >= world.life.open_from[account, safe]) & (at < world.life.open_to[account, safe])
    user = crew.first[account] + rng.integers(0, 2, n)
    kind = np.where(a.kind[account] == TEST, EMPLOYEE, HUMAN)
    fields = (account, user, MILESTONE_INDEX + which, kind, at, month)
    return tuple(f[good] for f in fields)


def _groups(world: World, heard: Telemetry) -> None:
    """A weekly call of each workspace's server, while telemetry lives."""
    a, cal = world.accounts, world.cal
    rng = world.streams.get("product.groups")
    weeks = np.arange((cal.start // DAY + 3) // 7 * 7 - 3, cal.last_event // DAY, 7)
    keyed = rng.random(a.count) < 0.88
    with_domain = rng.random(a.count) < 0.92
    s = world.life.spells
    low = np.searchsorted(weeks * DAY, np.maximum(s.start_at, cal.start))
    high = np.searchsorted(weeks * DAY, np.minimum(s.end_at, cal.last_event))
    counts = np.maximum(0, high - low)
    spell = np.repeat(np.arange(len(counts)), counts)
    account = s.account[spell]
    offset = (account * 7919 + 131) % (20 * HOUR)
    at = weeks[low[spell] + within(spell)] * DAY + HOUR + offset
    keep = heard.hears(world, account, at) & (at < cal.last_event)
    account, at = account[keep], at[keep]
    order = np.argsort(at, kind="stable")
    account, at = account[order], at[order]
    world.writer.put(
        "product_events",
        "groups",
        {
            "id": numbered("g", EVENT_BASE + np.arange(len(at))),
            "group_id": pick(a.workspace_id, account),
            "crm_account_id": pick(a.crm_id, np.where(keyed, np.arange(a.count), -1)[account]),
            "domain": pick(a.domain, np.where(with_domain, np.arange(a.count), -1)[account]),
            "name": pick(a.name, account),
            "timestamp": moment(at),
            "received_at": moment(world.synced(rng, at)),
        },
        rng,
    )


def _entitlements(world: World) -> None:
    rng = world.streams.get("product.entitlements")
    pairs = [(tier, f) for tier in range(len(TIERS)) for f in USAGE if f.tier <= tier]
    old = world.cal.start - 1500 * DAY
    start = np.array([introduced_at(world) if f.feature == INTRODUCED else old for _, f in pairs])
    world.writer.put(
        "product_events",
        "entitlements",
        {
            "plan_tier": pl.Series([TIERS[tier] for tier, _ in pairs]),
            "feature": pl.Series([f.feature for _, f in pairs]),
            "is_core": pl.Series([f.core for _, f in pairs]),
            "valid_from": day(start),
            "valid_to": None,
            "recorded_at": moment(start + 3 * HOUR),
        },
        rng,
    )
