"""The market: industry factors, headcount vintages, external events and mentions."""

from __future__ import annotations

import numpy as np
import polars as pl

from scripts.lib.sample.config import INDUSTRIES
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NONE,
    Ints,
    coded,
    day,
    expand,
    moment,
    null_where,
    numbered,
    pick,
)
from scripts.lib.sample.lifecycle import ACAUSAL

EVENT_TYPES = (
    "competitor_evaluation",
    "layoffs",
    "funding_stress",
    "acquired",
    "insolvency",
    "new_funding",
    "adverse_regulation",
)
FACTORS = ("market_trend", "regulation", "competition")
# expert view by industry, in the mean about level: points of trend, regulation, competition
EFFECTS = ((4, 0, -4), (3, -5, -1), (3, -4, -1), (-2, -1, 2), (-3, 0, 2), (3, -3, 1))
# what nobody looked at again (industry, factor): competition in technology, trend in retail
UNREVIEWED = ((0, 2), (4, 0))


def write(world: World) -> None:
    """Write the four market tables."""
    _factors(world)
    covered = world.streams.get("market.cover").random(world.accounts.count) < 0.86
    _firmographics(world, np.flatnonzero(covered))
    _events(world, covered)
    _mentions(world)


def _factors(world: World) -> None:
    """Three judgements of each kind, one after the other; a few are never renewed and run out."""
    cal = world.cal
    rng = world.streams.get("market.factor")
    span = cal.last_event - cal.start
    begins = np.array([cal.start - 400 * DAY, cal.start + span // 2, cal.start + span * 5 // 6])
    begins = begins // DAY * DAY
    last = len(begins) - 1
    industry, kind, turn = (
        grid.ravel() for grid in np.indices((len(INDUSTRIES), len(FACTORS), len(begins)))
    )
    points = np.asarray(EFFECTS)[industry, kind] + (turn > 0) * rng.integers(-1, 2, len(turn))
    unreviewed = np.zeros(len(turn), dtype=np.bool_)
    for judged in UNREVIEWED:
        unreviewed |= (industry == judged[0]) & (kind == judged[1])
    keep = (points != 0) & ~(unreviewed & (turn == last))
    industry, kind, turn, points, unreviewed = (
        column[keep] for column in (industry, kind, turn, points, unreviewed)
    )
    n = len(turn)
    begin = begins[turn]
    stands = (turn == last) | (unreviewed & (turn == last - 1))
    world.writer.put(
        "market",
        "industry_factor",
        {
            "id": numbered("factor-", np.arange(n) + 1),
            "industry": pick(INDUSTRIES, industry),
            "factor_type": pick(FACTORS, kind),
            "effect_points": points.astype(np.float64),
            "author_role": pick(["Industry Analyst", "Strategy Lead"], kind % 2),
            "evidence": pick(
                ["Trade statistics", "Published rule", "Win and loss interviews"], kind
            ),
            "valid_from": day(begin),
            "valid_to": day(np.where(stands, NONE, begins[np.minimum(turn + 1, last)])),
            "review_by": day(begin + 365 * DAY),
            "recorded_at": moment(begin + 12 * HOUR),
        },
        rng,
    )


def _firmographics(world: World, rows: Ints) -> None:
    """Quarterly vintages from five quarters before the window; new ones come after 40 days."""
    cal = world.cal
    rng = world.streams.get("market.firmographic")
    quarters = np.arange(-15, world.config.months, 3)
    finance = world.latents.window()[3][rows]
    n, q = len(rows), len(quarters)
    month = np.clip(quarters, 0, world.config.months - 1)
    growth = 0.008 + 0.022 * finance[:, month] + rng.normal(0, 0.02, (n, q))
    level = np.log(world.accounts.employees[rows])[:, None] + np.cumsum(growth, axis=1)
    count = np.maximum(1, np.rint(np.exp(level))).astype(np.int64)
    vintage = np.broadcast_to(cal.month_start(quarters)[None, :], (n, q)).ravel()
    account = np.repeat(rows, q)
    seen = vintage + rng.integers(25, 45, n * q) * DAY
    present = rng.random(n * q) < 0.97
    account, vintage, seen = account[present], vintage[present], seen[present]
    world.writer.put(
        "market",
        "firmographic",
        {
            "domain": pick(world.accounts.domain, account),
            "employee_count": count.ravel()[present],
            "vintage_date": day(vintage),
            "recorded_at": moment(seen),
        },
        rng,
    )


def _events(world: World, covered: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> None:
    a, cal, life = world.accounts, world.cal, world.life
    rng = world.streams.get("market.event")
    finance, bond = world.latents.window()[3], world.latents.window()[2]
    market = world.signals["industry"]
    ruled = np.isin(a.industry, [1, 2, 5])[:, None] * 0.006
    rates = (
        (0, 0.008 * np.exp(np.clip(-0.6 * bond, -2, 2))),
        (1, 0.006 * np.exp(np.clip(-0.8 * finance, -2, 2)) + 0.3 * world.latents.budget_cut),
        (2, 0.004 * np.exp(np.clip(-0.9 * finance - 0.3 * market, -2, 2))),
        (5, 0.006 * np.exp(np.clip(0.6 * finance, -2, 2))),
        (6, 0.001 + ruled * np.exp(np.clip(-0.5 * market, -1, 1))),
    )
    who, when, what = [], [], []
    for code, rate in rates:
        account, month = expand(rng.poisson(rate * (life.open_to > life.open_from)))
        who.append(account)
        start = cal.month_start(month)
        when.append(start + rng.integers(0, 28, len(account)) * DAY)
        what.append(np.full(len(account), code))
    s = life.spells
    outside = np.flatnonzero((s.end_type == ACAUSAL) & (s.end_at < cal.last_event))
    outside = outside[rng.random(len(outside)) < 0.7]
    who.append(s.account[outside])
    when.append(s.end_at[outside] // DAY * DAY - rng.integers(-5, 40, len(outside)) * DAY)
    what.append(np.where(rng.random(len(outside)) < 0.6, 3, 4))
    account, at, kind = np.concatenate(who), np.concatenate(when), np.concatenate(what)
    keep = covered[account] & (at < cal.last_event)
    account, at, kind = account[keep], at[keep], kind[keep]
    order = np.argsort(at, kind="stable")
    account, at, kind = account[order], at[order], kind[order]
    n = len(at)
    published = at + (rng.exponential(6.0, n) * DAY).astype(np.int64) + 8 * HOUR
    world.writer.put(
        "market",
        "external_event",
        {
            "id": coded("xev_", np.arange(n) + 10, 6),
            "domain": pick(a.domain, account),
            "event_type": pick(EVENT_TYPES, kind),
            "event_date": day(at),
            "published_at": moment(published),
            "source": pick(["news", "registry", "sales"], rng.integers(0, 3, n)),
            "recorded_at": moment(world.synced(rng, published)),
        },
        rng,
    )


def _mentions(world: World) -> None:
    a = world.accounts
    rng = world.streams.get("market.mention")
    followed = rng.random(a.count) < 0.35
    account, month = expand(
        world.open_counts(
            rng, np.where(followed, 0.28, 0.0)[:, None] * np.ones(world.life.active.shape)
        )
    )
    n = len(account)
    low, high = world.bounds(account, month)
    at = low + (rng.random(n) * (high - low)).astype(np.int64)
    rival = rng.random(n) < 0.22
    mood = world.signals["text"][account, month] * 0.25 + rng.normal(0.05, 0.35, n)
    world.writer.put(
        "market",
        "mention",
        {
            "id": coded("men_", np.arange(n) + 10, 7),
            "platform": pick(["forum", "review_site", "social", "news"], rng.integers(0, 4, n)),
            "domain": pick(a.domain, account),
            "subject": pick(["customer", "competitor"], rival.astype(np.int64)),
            "competitor": pick(
                ["Rival One", "Rival Two", "Rival Three"],
                np.where(rival, rng.integers(0, 3, n), -1),
            ),
            "polarity": np.round(np.clip(mood, -1, 1), 3),
            "reach": null_where(
                pl.Series(rng.lognormal(6.0, 1.4, n).astype(np.int64)), rng.random(n) < 0.1
            ),
            "posted_at": moment(at),
            "recorded_at": moment(world.synced(rng, at)),
        },
        rng,
    )
