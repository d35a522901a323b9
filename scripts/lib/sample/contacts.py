"""Roles of contacts over time: who is champion or sponsor, who leaves and when we learn it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    NONE,
    Ints,
    coded,
    day,
    moment,
    pick,
)

CHAMPION, SPONSOR, DECIDER, POWER_USER = range(4)
TAGS = ("champion", "exec_sponsor", "decision_maker", "power_user")
POSITIONS = (
    (CHAMPION, (1, 2, 3)),
    (SPONSOR, (0, 1, 1)),
    (DECIDER, (1, 1, 1)),
    (POWER_USER, (1, 1, 2)),
)
DEPARTED, ROLE_CHANGE, UNTAGGED = range(3)


@dataclass(frozen=True)
class Roles:
    """Holder of the first champion and sponsor position by account and month, -1 if vacant."""

    champion: Ints
    sponsor: Ints


def _positions(world: World) -> tuple[Ints, Ints, Ints]:
    a = world.accounts
    accounts, roles, places = [], [], []
    for role, sizes in POSITIONS:
        size = np.asarray(sizes)[a.segment]
        account = np.repeat(np.arange(a.count), size)
        accounts.append(account)
        roles.append(np.full(len(account), role))
        places.append(np.arange(len(account)) - np.repeat(np.cumsum(size) - size, size))
    return np.concatenate(accounts), np.concatenate(roles), np.concatenate(places)


def write(world: World) -> Roles:
    """Walk the positions through the months and write contact_tag."""
    a, cal, e = world.accounts, world.cal, world.config.engagement
    rng = world.streams.get("contacts.tags")
    account, role, place = _positions(world)
    k, months = len(account), world.config.months
    pool = a.contacts[account]
    # the usual first holders: slot 0 champion, 1 sponsor, 2 decider, later ones after that
    slot = np.where(role == POWER_USER, 3 + place, role + 3 * place) % pool
    holder = a.first_contact[account] + slot
    since = (
        np.maximum(cal.anchor(a.start_month, a.anchor_day)[account], a.created[account])
        + rng.integers(5, 60, k) * DAY
    )
    vacant = np.zeros(k, dtype=bool)
    rows: list[tuple[Ints, ...]] = []
    champion = np.full((a.count, months), -1)
    sponsor = np.full((a.count, months), -1)
    bond = world.latents.window()[2]
    for month in range(months):
        start = int(cal.month_start(np.array([month]))[0])
        on = world.life.active[account, month]
        moment_in = start + rng.integers(0, 28 * DAY, k)
        hazard = e.departure * np.exp(np.clip(e.departure_slope * bond[account, month], -1.5, 2))
        jump = world.latents.champion_loss[account, month] & (role == CHAMPION) & (place == 0)
        leaves = on & ~vacant & (since < start) & (jump | (rng.random(k) < hazard))
        other = on & ~vacant & (since < start) & ~leaves & (rng.random(k) < e.departure * 0.6)
        for mask, reason in ((leaves, DEPARTED), (other, ROLE_CHANGE)):
            who = np.flatnonzero(mask)
            why = np.where((reason == ROLE_CHANGE) & (who % 3 == 0), UNTAGGED, reason)
            rows.append((who, holder[who], since[who], moment_in[who], why))
            vacant[who] = True
        refill = (
            vacant
            & on
            & (rng.random(k) < e.refill * np.exp(np.clip(0.9 * bond[account, month], -2.5, 1)))
        )
        refill &= ~(leaves | other)
        who = np.flatnonzero(refill)
        slot[who] = (slot[who] + 1 + rng.integers(0, 3, len(who))) % pool[who]
        holder[who] = a.first_contact[account[who]] + slot[who]
        since[who] = moment_in[who]
        vacant[who] = False
        held = ~vacant & (since < start + 15 * DAY) & (place == 0)
        for table, wanted in ((champion, CHAMPION), (sponsor, SPONSOR)):
            mine = held & (role == wanted)
            table[account[mine], month] = holder[mine]
    rest = np.flatnonzero(~vacant)
    rows.append(
        (rest, holder[rest], since[rest], np.full(len(rest), NEVER), np.full(len(rest), -1))
    )
    _write_tags(world, rng, account, role, [np.concatenate(c) for c in zip(*rows, strict=True)])
    return Roles(champion, sponsor)


def _write_tags(
    world: World, rng: np.random.Generator, account: Ints, role: Ints, rows: list[Ints]
) -> None:
    a, cal, e = world.accounts, world.cal, world.config.engagement
    position, holder, since, until, why = rows
    who = account[position]
    tagged = ~a.no_relationship[who] & (since < cal.last_event)
    position, holder, since, until, why, who = (
        x[tagged] for x in (position, holder, since, until, why, who)
    )
    n = len(who)
    lag = rng.integers(e.departure_lag[0] * DAY, e.departure_lag[1] * DAY, n)
    told = np.where(until < NEVER, until + np.where(why == DEPARTED, lag, HOUR), NEVER)
    order = np.argsort(since, kind="stable")
    position, holder, since, until, why, who, told = (
        x[order] for x in (position, holder, since, until, why, who, told)
    )
    known = told < cal.last_event
    world.writer.put(
        "customer_success",
        "contact_tag",
        {
            "id": coded("tag_", np.arange(n) + 10, 7),
            "account_id": pick(a.crm_id, who),
            "contact_id": world.contact_id(holder),
            "tag": pick(TAGS, role[position]),
            "valid_from": day(since),
            "valid_to": day(np.where(known, until, NONE)),
            "end_reason": pick(["departed", "role_change", "untagged"], np.where(known, why, -1)),
            "end_recorded_at": moment(np.where(known, told, NONE)),
            "recorded_at": moment(world.synced(rng, since)),
        },
        rng,
    )
