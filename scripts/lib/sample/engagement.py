"""Work with the customer: tasks, meetings, business reviews, pulses and plays."""

from __future__ import annotations

import numpy as np

from scripts.lib.sample import texts
from scripts.lib.sample.calendar import working_moment
from scripts.lib.sample.contacts import Roles
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    NONE,
    Floats,
    Ints,
    categorical,
    coded,
    day,
    expand,
    moment,
    null_where,
    pick,
    salesforce_ids,
    sigmoid,
    within,
)

OUTCOMES = ("held", "no_show", "cancelled_by_customer", "cancelled_by_us", "rescheduled_by_us")


def write(world: World, roles: Roles) -> None:
    """Write task, event, qbr, csm_pulse and play_log."""
    _tasks(world, roles)
    _meetings(world, roles)
    _reviews(world)
    _pulses(world)
    _plays(world)


def _rate(world: World, by_segment: tuple[float, ...], slope: float) -> Floats:
    a, e = world.accounts, world.config.engagement
    rate = np.asarray(by_segment)[a.segment] * np.where(a.tech_touch, e.tech_touch_factor, 1.0)
    x = world.signals["multithread"]
    out: Floats = rate[:, None] * np.exp(np.clip(slope * x, -2, 1.5))
    return out


def _partner(
    world: World, rng: np.random.Generator, roles: Roles, account: Ints, month: Ints
) -> Ints:
    """Contact of an interaction: often the champion, else one of those who still talk to us."""
    a = world.accounts
    n = len(account)
    reach = sigmoid(0.2 + 1.4 * world.signals["multithread"][account, month])
    wide = 1 + np.floor((a.contacts[account] - 1) * reach)
    slot = np.minimum((rng.random(n) ** 1.4 * wide).astype(np.int64), a.contacts[account] - 1)
    contact = a.first_contact[account] + slot
    draw = rng.random(n)
    warm = sigmoid(0.4 + 1.8 * world.signals["champion"][account, month])
    for table, low, high in ((roles.champion, 0.0, 0.40), (roles.sponsor, 0.40, 0.56)):
        holder = table[account, month]
        chosen = (draw >= low) & (draw < low + (high - low) * warm * 1.4) & (holder >= 0)
        contact = np.where(chosen, holder, contact)
    partner: Ints = contact.astype(np.int64)
    return partner


def _tasks(world: World, roles: Roles) -> None:
    a, cal, e = world.accounts, world.cal, world.config.engagement
    rng = world.streams.get("engagement.task")
    rate = _rate(world, e.interactions, e.interaction_slope) * ~a.no_relationship[:, None]
    account, month = expand(world.even_counts(rng, rate))
    n = len(account)
    at = working_moment(rng, *world.bounds(account, month))
    order = np.argsort(at, kind="stable")
    account, month, at = account[order], month[order], at[order]
    kind = categorical(rng, (0.60, 0.30, 0.10), n)
    warm = sigmoid(e.two_way[0] + e.two_way[1] * world.signals["multithread"][account, month])
    draw = rng.random(n)
    direction = np.where(draw < warm * 0.55, 2, np.where(draw < warm, 1, 0))
    direction = np.where(a.tech_touch[account] & (rng.random(n) < 0.5), 0, direction)
    done = at + rng.integers(0, 2 * HOUR, n)
    world.writer.put(
        "salesforce",
        "task",
        {
            "id": salesforce_ids("00T", np.arange(n) + 9000),
            "account_id": world.crm_key(rng, account, at),
            "who_id": world.contact_id(
                np.where(rng.random(n) < 0.03, -1, _partner(world, rng, roles, account, month))
            ),
            "owner_id": world.owner_id(account),
            "type": pick(["Email", "Call", "Other"], kind),
            "task_subtype": pick(["Email", "Call", "Task"], kind),
            "subject": pick(
                ["Check-in", "Follow-up", "Adoption review", "Question", "Renewal", "Training"],
                rng.integers(0, 6, n),
            ),
            "status": "Completed",
            "direction_c": pick(
                ["outbound", "inbound", "two_way"], np.where(kind == 2, -1, direction)
            ),
            "activity_date": day(at),
            "completed_date_time": moment(np.minimum(done, cal.last_event - 1)),
            "created_date": moment(at),
            "call_duration_in_seconds": null_where(rng.integers(60, 2400, n), kind != 1),
            "is_deleted": np.zeros(n, dtype=bool),
            "_fivetran_synced": moment(world.synced(rng, at, late=True)),
        },
        rng,
    )


def _meetings(world: World, roles: Roles) -> None:
    a, cal, e = world.accounts, world.cal, world.config.engagement
    rng = world.streams.get("engagement.event")
    rate = _rate(world, e.meetings, 0.7 * e.interaction_slope) * ~a.no_relationship[:, None]
    account, month = expand(world.even_counts(rng, rate))
    n = len(account)
    start = working_moment(rng, *world.bounds(account, month)) // 1800 * 1800
    booked = start - rng.integers(2, 15, n) * DAY + rng.integers(0, 6 * HOUR, n)
    order = np.argsort(booked, kind="stable")
    account, month, start, booked = account[order], month[order], start[order], booked[order]
    bond = world.signals["multithread"][account, month]
    lost = sigmoid(e.missed[0] + e.missed[1] * bond)
    draw = rng.random(n)
    outcome = np.where(draw < lost * 0.5, 1, np.where(draw < lost, 2, 0))
    ours = rng.random(n) < 0.06
    outcome = np.where(ours, np.where(rng.random(n) < 0.4, 3, 4), outcome)
    notice = np.where(
        rng.random(n) < 0.6, rng.integers(HOUR, 23 * HOUR, n), rng.integers(25 * HOUR, 5 * DAY, n)
    )
    cancelled = np.where(outcome >= 2, np.maximum(booked + HOUR, start - notice), NONE)
    future = start >= cal.last_event
    kinds = categorical(rng, (0.72, 0.16, 0.12), n)
    world.writer.put(
        "salesforce",
        "event",
        {
            "id": salesforce_ids("00U", np.arange(n) + 9000),
            "account_id": world.crm_key(rng, account, booked),
            "who_id": world.contact_id(_partner(world, rng, roles, account, month)),
            "owner_id": world.owner_id(account),
            "type": pick(["Meeting", "Training", "Planning"], kinds),
            "event_subtype": "Event",
            "subject": pick(["Regular call", "Training", "Success plan"], kinds),
            "start_date_time": moment(start),
            "end_date_time": moment(start + rng.integers(1, 4, n) * 1800),
            "created_date": moment(booked),
            "outcome_c": pick(OUTCOMES, np.where(future, -1, outcome)),
            "cancelled_at_c": moment(np.where(future, NONE, cancelled)),
            "is_child": np.zeros(n, dtype=bool),
            "is_deleted": np.zeros(n, dtype=bool),
            "_fivetran_synced": moment(world.synced(rng, booked)),
        },
        rng,
    )


def _reviews(world: World) -> None:
    """Business reviews at the tier's cadence; a booking is known 20 days ahead."""
    a, cal, e = world.accounts, world.cal, world.config.engagement
    rng = world.streams.get("engagement.review")
    s = world.life.spells
    step = np.asarray(e.review_days)[a.segment[s.account]] * DAY
    step = np.where(a.tech_touch[s.account] | (a.kind[s.account] > 0), 0, step)
    begin, end = s.start_at, np.minimum(s.end_at, cal.last_event + 20 * DAY)
    counts = np.where(step > 0, np.maximum(0, (end - begin) // np.maximum(step, 1)), 0)
    spell = np.repeat(np.arange(len(counts)), counts)
    due = begin[spell] + (within(spell) + 1) * step[spell]
    n = len(due)
    due = due + rng.integers(-20, 26, n) * DAY
    at = working_moment(rng, due, due + DAY)
    inside = (at > cal.start) & (at < s.end_at[spell])
    spell, at = spell[inside], at[inside]
    n, account = len(at), s.account[spell]
    month = np.clip(cal.month_of(at), 0, world.config.months - 1)
    draw = rng.random(n)
    held = draw < sigmoid(
        e.review_held[0] + e.review_held[1] * world.signals["review"][account, month]
    )
    future = at >= cal.last_event
    status = np.where(future, 3, np.where(held, 0, np.where(draw > 0.97, 1, 2)))
    booked = at - 20 * DAY
    known = booked < cal.last_event
    account, at, status, booked = account[known], at[known], status[known], booked[known]
    n = len(at)
    moved = at + rng.integers(0, 4, n) * DAY
    world.writer.put(
        "customer_success",
        "qbr",
        {
            "id": coded("qbr_", np.arange(n) + 10, 6),
            "account_id": pick(a.crm_id, account),
            "scheduled_at": moment(at),
            "held_at": moment(
                np.where(
                    (status == 0) & (moved < cal.last_event), moved, np.where(status == 0, at, NONE)
                )
            ),
            "status": pick(["held", "no_show", "cancelled", "scheduled"], status),
            # the row is loaded again when the review is over: the first load is the later one
            "recorded_at": moment(
                world.synced(rng, np.where(status == 3, booked, np.where(status == 0, moved, at)))
            ),
        },
        rng,
    )


def _pulses(world: World) -> None:
    """Monthly ratings by the owner; after a notice the rating is always the lowest."""
    a = world.accounts
    rng = world.streams.get("engagement.pulse")
    x = world.signals["pulse"]
    rated = world.life.active & ~a.tech_touch[:, None] & ~a.no_pulse[:, None]
    rated &= (a.kind == 0)[:, None] & (rng.random(x.shape) < world.config.engagement.pulse_given)
    account, month = np.nonzero(rated)
    n = len(account)
    low, high = world.bounds(account, month)
    at = working_moment(rng, low, high)
    level = x[account, month] + 0.25 * rng.standard_normal(n)
    rating = 1 + np.searchsorted(np.array([-1.9, -0.9, 0.1, 1.2]), level)
    s = world.life.spells
    told = np.full(a.count, NEVER)
    spell = np.flatnonzero(s.notice_at > NONE)
    told[s.account[spell]] = s.notice_at[spell]
    back = np.full(a.count, -NEVER)
    spell = np.flatnonzero(s.notice_at > NONE)
    back[s.account[spell]] = s.end_at[spell]
    rating = np.where((at > told[account]) & (at < back[account]), 1, rating)
    words = texts.customer_texts(rng, (rating - 3.2).astype(np.float64) / 1.1, 0.0, 0.0)
    order = np.argsort(at, kind="stable")
    account, at, rating, words = account[order], at[order], rating[order], words.gather(order)
    world.writer.put(
        "customer_success",
        "csm_pulse",
        {
            "id": coded("pls_", np.arange(n) + 10, 7),
            "account_id": world.crm_key(rng, account, at),
            "csm_id": world.owner_id(account),
            "rating": rating,
            "note": null_where(words, rng.random(n) > 0.3),
            "rated_at": moment(at),
            "recorded_at": moment(world.synced(rng, at, late=True)),
        },
        rng,
    )


PLAYS = (
    "adoption_plan",
    "onboarding_rescue",
    "new_champion",
    "support_sponsor",
    "save_desk",
    "account_review",
    "dunning",
    "expansion",
    "reference_ask",
    "check_in",
)


def _plays(world: World) -> None:
    """Logged plays; one account in twelve is held out and gets none."""
    a, cal = world.accounts, world.cal
    rng = world.streams.get("engagement.play")
    use, bond = world.signals["utilisation"], world.signals["champion"]
    service, money = world.signals["backlog"], world.signals["past_due"]
    played = ((np.arange(a.count) % 12 != 5) & (a.kind == 0))[:, None]
    visited = played * np.where(a.tech_touch, 0.3, 1.0)[:, None]
    trouble = sum(np.exp(np.clip(-1.4 * state, -3, 2)) for state in (use, bond, service))
    rates = (
        (0, 0.05 * trouble * visited),
        (6, 0.05 * np.exp(np.clip(-1.5 * money, -3, 2)) * played),
        (7, 0.25 * ((use > 0.3) & (bond > 0)) * played),
        (8, 0.10 * ((bond > 0.5) & (service > 0)) * played),
        (9, 0.05 * visited),
    )
    who, when, what = [], [], []
    for code, rate in rates:
        account, month = np.nonzero(world.life.active & (rng.random(rate.shape) < rate))
        who.append(account)
        when.append(month)
        what.append(np.full(len(account), code))
    account, month, play = np.concatenate(who), np.concatenate(when), np.concatenate(what)
    n = len(account)
    at = working_moment(rng, *world.bounds(account, month))
    order = np.argsort(at, kind="stable")
    account, month, at, play = account[order], month[order], at[order], play[order]
    young = month - a.start_month[account] < 6
    weakest = np.argmin(
        np.vstack([use[account, month], bond[account, month], service[account, month]]), axis=0
    )
    fit = np.where(weakest == 0, np.where(young, 1, 0), np.where(weakest == 1, 2, 3))
    fit = np.where(rng.random(n) < 0.3, 5, fit)
    fit = np.where(rng.random(n) < 0.06, 4, fit)
    play = np.where(play == 0, fit, play)
    ends = at + rng.integers(10, 75, n) * DAY
    done = ends < cal.last_event
    world.writer.put(
        "customer_success",
        "play_log",
        {
            "id": coded("ply_", np.arange(n) + 10, 6),
            "account_id": pick(a.crm_id, account),
            "play": pick(PLAYS, play),
            "owner": world.owner_id(account),
            "started_at": moment(at),
            "ended_at": moment(np.where(done, ends, NONE)),
            "outcome": pick(
                ["succeeded", "no_effect", "stopped"],
                np.where(done, categorical(rng, (0.5, 0.35, 0.15), n), -1),
            ),
            "recorded_at": moment(world.synced(rng, at)),
        },
        rng,
    )
