"""Support: organizations, users, tickets with their status history, comments and ratings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample import texts
from scripts.lib.sample.calendar import after_business_minutes, working_moment
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    Bools,
    Floats,
    Ints,
    categorical,
    expand,
    join_text,
    moment,
    null_where,
    numbered,
    pick,
    sigmoid,
)

PRIORITIES = ("urgent", "high", "normal", "low")
TYPES = ("question", "incident", "problem", "task")
ORG_BASE, USER_BASE, TICKET_BASE, COMMENT_BASE, RATING_BASE = (
    36_000_000_000,
    38_000_000_000,
    100_000,
    41_000_000_000,
    43_000_000_000,
)
AGENTS = 24
REQUESTERS = 4  # contacts of an account that write tickets


@dataclass(frozen=True)
class Tickets:
    """One entry per ticket; moments beyond the clock mean that it has not happened."""

    account: Ints
    month: Ints
    contact: Ints
    agent: Ints
    severity: Ints
    kind: Ints
    subject: Ints
    created: Ints
    answered: Ints
    waiting: Ints  # customer asked back, or never
    back: Ints
    solved: Ints
    reopened: Ints
    solved_again: Ints
    thanked: Bools
    mood: Floats

    @property
    def ids(self) -> Ints:
        """Ticket numbers."""
        return TICKET_BASE + np.arange(len(self.account))


def write(world: World) -> None:
    """Write the support system's tables."""
    organized = _organizations(world)
    _users(world)
    tickets = _tickets(world, organized)
    history = _history(world, tickets)
    _ticket_rows(world, tickets, history, organized)
    _comments(world, tickets)
    _ratings(world, tickets)


def _organizations(world: World) -> Bools:
    a = world.accounts
    rng = world.streams.get("support.organization")
    n = a.count
    organized = rng.random(n) < 0.97
    keyed, with_domain = rng.random(n) < 0.85, rng.random(n) < 0.93
    keyed &= ~np.isin(np.arange(n), a.twin_of)
    # support knows some companies only under the second CRM row
    external = np.where(keyed, np.arange(n), -1)
    half = np.arange(len(a.twin_of)) % 2 == 1
    external[a.twin_of[half]] = n + np.flatnonzero(half)
    created = a.created + rng.integers(DAY, 30 * DAY, n)
    rows = np.flatnonzero(organized)
    world.writer.put(
        "zendesk",
        "organization",
        {
            "id": ORG_BASE + rows * 7,
            "name": a.name.gather(rows),
            "external_id": pick(a.crm_id, external[rows]),
            "domain_names": pick(a.domain, np.where(with_domain, np.arange(n), -1)[rows]),
            "details": None,
            "notes": None,
            "created_at": moment(created[rows]),
            "updated_at": moment(created[rows]),
            "_fivetran_synced": moment(world.synced(rng, created[rows])),
        },
        rng,
    )
    world.writer.dirt.note(
        "zendesk", "organization", "without_external_id", int((external[rows] < 0).sum())
    )
    return organized


def _users(world: World) -> None:
    a = world.accounts
    rng = world.streams.get("support.user")
    account = a.contact_account
    slot = np.arange(len(account)) - np.repeat(a.first_contact, a.contacts)
    rows = np.flatnonzero(slot < REQUESTERS)
    m, n = len(rows), len(rows) + AGENTS
    created = np.r_[
        a.created[account[rows]] + rng.integers(2 * DAY, 40 * DAY, m),
        np.full(AGENTS, world.cal.start - 900 * DAY),
    ]
    agent = np.arange(n) >= m
    number = pl.Series(np.arange(AGENTS) + 1).cast(pl.String).str.zfill(2)
    agent_mail = join_text("agent", number, "@vendor.example")
    agent_name = join_text("Agent ", number)
    world.writer.put(
        "zendesk",
        "user",
        {
            "id": np.r_[USER_BASE + rows * 3, agent_ids()],
            "organization_id": null_where(
                np.r_[ORG_BASE + account[rows] * 7, np.zeros(AGENTS, dtype=np.int64)], agent
            ),
            "email": pl.concat([pick(world.contact_email, rows), agent_mail]),
            "name": pl.concat([numbered("Contact ", slot[rows] + 1), agent_name]),
            "role": pick(
                ["end-user", "agent", "admin"], np.where(agent, 1 + (np.arange(n) % 12 == 0), 0)
            ),
            "external_id": None,
            "active": np.ones(n, dtype=bool),
            "suspended": np.zeros(n, dtype=bool),
            "created_at": moment(created),
            "_fivetran_synced": moment(world.synced(rng, created)),
        },
        rng,
    )


def agent_ids() -> Ints:
    """User numbers of the agents."""
    return USER_BASE - 1000 + np.arange(AGENTS)


def _tickets(world: World, organized: Bools) -> Tickets:
    a, c = world.accounts, world.config.support
    rng = world.streams.get("support.ticket")
    months = world.config.months
    service = world.latents.window()[1]
    age = np.arange(months)[None, :] - a.start_month[:, None]
    rate = np.exp(c.service_slope * service + world.season * 0.3)
    rate = rate * np.asarray(c.ticket_rate)[a.segment][:, None] * world.life.seats
    rate = rate * np.where((age >= 0) & (age < 2), c.how_to_onboarding, 1.0)
    account, month = expand(world.open_counts(rng, rate * organized[:, None]))
    n = len(account)
    low, high = world.bounds(account, month)
    created = working_moment(rng, low, high)
    severity = categorical(rng, c.severity, n)
    worse = rng.random(n) < 0.35 * sigmoid(-1.5 - world.signals["escalation"][account, month])
    severity = np.where(worse & (severity < 4), np.maximum(0, severity - 1), severity)
    young = (age[account, month] < 2) & (rng.random(n) < 0.65)
    kind = np.where(young, 0, categorical(rng, (0.40, 0.36, 0.14, 0.10), n))
    s = world.signals
    response = np.asarray(c.response_minutes)[severity] * np.exp(
        c.response_slope * s["response"][account, month] + c.response_noise * rng.standard_normal(n)
    )
    answered = after_business_minutes(created, response)
    answered = np.where(rng.random(n) < 0.012, answered + rng.integers(5, 40, n) * DAY, answered)
    effort = (
        np.asarray(c.resolution_hours)[severity]
        * 60
        * np.exp(
            c.resolution_slope * s["backlog"][account, month]
            + c.resolution_noise * rng.standard_normal(n)
        )
    )
    work = after_business_minutes(answered, np.maximum(effort, 5.0))
    waits = rng.random(n) < c.pending
    waiting = np.where(
        waits, after_business_minutes(answered, np.maximum(effort * 0.4, 3.0)), NEVER
    )
    pause = (rng.gamma(1.3, 1.6, n) * DAY).astype(np.int64) + HOUR
    back = np.where(waits, waiting + pause, NEVER)
    solved = np.where(waits, np.maximum(work + pause, back + HOUR), work)
    reopens = rng.random(n) < sigmoid(c.reopened[0] + c.reopened[1] * s["backlog"][account, month])
    thanked = ~reopens & (rng.random(n) < c.thanks_reopen)
    reopened = np.where(reopens | thanked, solved + rng.integers(2 * HOUR, 3 * DAY, n), NEVER)
    again = np.where(
        reopens,
        after_business_minutes(np.where(reopens, reopened, 0), rng.lognormal(5.9, 0.8, n)),
        NEVER,
    )
    again = np.where(thanked, reopened + 2 * HOUR, again)
    contact = a.first_contact[account] + rng.integers(
        0, np.minimum(REQUESTERS, a.contacts[account])
    )
    return Tickets(
        account=account,
        month=month,
        contact=contact,
        agent=rng.integers(0, AGENTS, n),
        severity=severity,
        kind=kind,
        subject=rng.integers(0, len(texts.TITLES), n),
        created=created,
        answered=answered,
        waiting=waiting,
        back=back,
        solved=solved,
        reopened=reopened,
        solved_again=again,
        thanked=thanked,
        mood=s["text"][account, month] - np.where(severity < 2, 0.4, 0.0),
    )


def _history(world: World, t: Tickets) -> pl.DataFrame:
    """Changes of status, priority, assignee and escalation, in time order."""
    c, cal = world.config.support, world.cal
    rng = world.streams.get("support.history")
    n = len(t.account)
    every = np.arange(n)
    agents, users = agent_ids()[t.agent], USER_BASE + t.contact * 3
    rule = np.full(n, -1)
    final = np.where(t.solved_again < NEVER, t.solved_again, t.solved)
    steps = [
        ("status", every, t.created, "new", users),
        ("status", every, t.answered, "open", agents),
        ("status", every, t.waiting, "pending", agents),
        ("status", every, t.back, "open", users),
        ("status", every, t.solved, "solved", agents),
        ("status", every, t.reopened, "open", users),
        ("status", every, t.solved_again, "solved", np.where(t.thanked, rule, agents)),
        ("status", every, final + 4 * DAY, "closed", rule),
        ("assignee_id", every, t.answered - 30, None, agents),
    ]
    frames = [_steps(t, *step) for step in steps]

    given = np.flatnonzero(t.severity < 4)
    raised = given[(rng.random(len(given)) < 0.05) & (t.severity[given] > 0)]
    start = t.severity.copy()
    start[raised] = np.minimum(3, start[raised] + 1)
    frames.append(
        _steps(t, "priority", given, t.created[given], pick(PRIORITIES, start[given]), users[given])
    )
    frames.append(
        _steps(
            t,
            "priority",
            raised,
            t.created[raised] + rng.integers(HOUR, 8 * HOUR, len(raised)),
            pick(PRIORITIES, t.severity[raised]),
            agents[raised],
        )
    )

    chance = sigmoid(
        c.escalated[0] + c.escalated[1] * world.signals["escalation"][t.account, t.month]
    )
    boost = np.asarray([3.0, 1.8, 0.7, 0.3, 0.5])[t.severity]
    hit = np.flatnonzero(rng.random(n) < chance * boost)
    at = t.created[hit] + rng.integers(3 * HOUR, 4 * DAY, len(hit))
    executive = rng.random(len(hit)) < c.executive
    frames.append(
        _steps(
            t,
            "custom_escalation",
            hit,
            at,
            pick(["support", "executive"], executive.astype(np.int64)),
            users[hit],
        )
    )
    done = np.maximum(at, final[hit]) + rng.integers(HOUR, 2 * DAY, len(hit))
    frames.append(_steps(t, "custom_escalation", hit, done, "resolved", agents[hit]))

    return (
        pl.concat(frames)
        .filter(pl.col("at") < cal.last_event)
        .unique(["ticket", "field", "at"], keep="last", maintain_order=True)
        .sort("ticket", "at", maintain_order=True)
    )


def _steps(
    t: Tickets, field: str, rows: Ints, at: Ints, value: pl.Series | str | None, by: Ints
) -> pl.DataFrame:
    text = (
        numbered("", by)
        if value is None
        else (
            pl.repeat(value, len(rows), dtype=pl.String, eager=True)
            if isinstance(value, str)
            else value
        )
    )
    name = pl.repeat(field, len(rows), dtype=pl.String, eager=True)
    return pl.DataFrame({"ticket": rows, "field": name, "at": at, "value": text, "by": by})


def _ticket_rows(world: World, t: Tickets, history: pl.DataFrame, organized: Bools) -> None:
    rng = world.streams.get("support.ticket_rows")
    n = len(t.account)
    changes = history["at"].to_numpy()
    world.writer.put(
        "zendesk",
        "ticket_field_history",
        {
            "ticket_id": TICKET_BASE + history["ticket"].to_numpy(),
            "field_name": history["field"],
            "updated": moment(changes),
            "value": history["value"],
            "user_id": null_where(history["by"], (history["by"] < 0).to_numpy()),
            "_fivetran_synced": moment(world.synced(rng, changes)),
        },
        rng,
    )
    last = (
        history.filter(pl.col("field") == "status")
        .group_by("ticket", maintain_order=True)
        .agg(pl.col("value").last(), pl.col("at").last())
    )
    status = pl.DataFrame({"ticket": np.arange(n)}).join(
        last, on="ticket", how="left", maintain_order="left"
    )
    updated = status["at"].fill_null(0).to_numpy()
    by_requester = rng.random(n) < 0.04
    world.writer.put(
        "zendesk",
        "ticket",
        {
            "id": t.ids,
            "organization_id": null_where(ORG_BASE + t.account * 7, by_requester),
            "requester_id": USER_BASE + t.contact * 3,
            "submitter_id": USER_BASE + t.contact * 3,
            "assignee_id": agent_ids()[t.agent],
            "group_id": 3600 + t.kind,
            "subject": pick(texts.TITLES, t.subject),
            "status": status["value"],
            "priority": pick(PRIORITIES, np.where(t.severity > 3, -1, t.severity)),
            "type": pick(TYPES, t.kind),
            "via_channel": pick(["web", "email", "api", "chat"], rng.integers(0, 4, n)),
            "created_at": moment(t.created),
            "updated_at": moment(np.maximum(updated, t.created)),
            "due_at": None,
            "is_public": np.ones(n, dtype=bool),
            "external_id": None,
            "_fivetran_synced": moment(world.synced(rng, t.created)),
        },
        rng,
    )
    world.writer.dirt.note(
        "zendesk", "ticket", "organization_by_requester", int(by_requester.sum())
    )


def _comments(world: World, t: Tickets) -> None:
    c, e, cal = world.config.support, world.config.engagement, world.cal
    rng = world.streams.get("support.comment")
    n = len(t.account)
    every = np.arange(n)
    agents, users = agent_ids()[t.agent], USER_BASE + t.contact * 3
    auto = np.flatnonzero(rng.random(n) < c.auto_reply)
    internal = np.flatnonzero(rng.random(n) < 0.25)
    asked = np.flatnonzero(t.waiting < NEVER)
    more = np.flatnonzero(rng.random(n) < 0.35)
    again = np.flatnonzero(t.reopened < NEVER)
    worked = np.flatnonzero((t.reopened < NEVER) & ~t.thanked)
    gap = np.maximum(1, (t.answered - t.created) // 2)
    # rows, moment, author, public, channel, is customer
    parts = [
        (every, t.created, users, True, 0, True),
        (auto, t.created[auto] + 40, agents[auto], True, 1, False),
        (internal, t.created[internal] + gap[internal], agents[internal], False, 0, False),
        (every, t.answered, agents, True, 0, False),
        (asked, t.waiting[asked], agents[asked], True, 0, False),
        (asked, t.back[asked], users[asked], True, 2, True),
        (more, t.answered[more] + 3 * HOUR, users[more], True, 2, True),
        (every, t.solved - 60, agents, True, 0, False),
        (again, t.reopened[again], users[again], True, 2, True),
        (worked, t.solved_again[worked] - 120, agents[worked], True, 0, False),
    ]
    row = np.concatenate([p[0] for p in parts])
    at = np.concatenate([p[1] for p in parts])
    by = np.concatenate([p[2] for p in parts])
    sizes = [len(p[0]) for p in parts]
    public = np.repeat([p[3] for p in parts], sizes)
    channel = np.repeat([p[4] for p in parts], sizes)
    customer = np.repeat([p[5] for p in parts], sizes)
    keep = at < cal.last_event
    order = np.argsort(at[keep], kind="stable")
    row, at, by, public, channel, customer = (
        x[keep][order] for x in (row, at, by, public, channel, customer)
    )
    m = len(row)
    mood = t.mood[row] + 0.5 * rng.standard_normal(m)
    written = np.flatnonzero(customer)
    body = texts.customer_texts(rng, mood[written], e.non_english, e.quoted)
    place = np.full(m, -1)
    place[written] = np.arange(len(written))
    other = pick(
        [*texts.AGENT, texts.AUTO_REPLY],
        np.where(channel == 1, len(texts.AGENT), rng.integers(0, len(texts.AGENT), m)),
    )
    thanks = customer & t.thanked[row] & (at == t.reopened[row])
    text = pl.select(
        pl.when(pl.Series(thanks))
        .then(pl.lit("Thanks, that works now!"))
        .when(pl.Series(customer))
        .then(pick(body, place))
        .otherwise(other)
    ).to_series()
    world.writer.put(
        "zendesk",
        "ticket_comment",
        {
            "id": COMMENT_BASE + np.arange(m) * 3,
            "ticket_id": TICKET_BASE + row,
            "user_id": by,
            "body": text,
            "created": moment(at),
            "public": public,
            "via_channel": pick(["web", "rule", "email"], channel),
            "_fivetran_synced": moment(world.synced(rng, at)),
        },
        rng,
    )


def _ratings(world: World, t: Tickets) -> None:
    c, e, cal = world.config.support, world.config.engagement, world.cal
    rng = world.streams.get("support.rating")
    n = len(t.account)
    final = np.where(t.solved_again < NEVER, t.solved_again, t.solved)
    at = final + rng.integers(HOUR, 5 * DAY, n)
    draw = rng.random(n)
    hit = np.flatnonzero((draw < c.rated + c.offered) & (at < cal.last_event))
    m = len(hit)
    offered = draw[hit] >= c.rated
    who, when = t.account[hit], t.month[hit]
    mood = world.signals["response"][who, when] * 0.7 + world.signals["backlog"][who, when] * 0.5
    good = rng.random(m) < sigmoid(c.good[0] + c.good[1] * mood)
    points = np.where(good, rng.integers(4, 6, m), rng.integers(1, 4, m))
    scaled = rng.random(m) < 0.2
    score = np.where(offered, 2, np.where(scaled, 2 + points, good.astype(np.int64)))
    words = texts.customer_texts(rng, t.mood[hit] + np.where(good, 1.0, -1.0), e.non_english, 0.0)
    silent = offered | (rng.random(m) > 0.3)
    world.writer.put(
        "zendesk",
        "satisfaction_rating",
        {
            "id": RATING_BASE + np.arange(m) * 5,
            "ticket_id": t.ids[hit],
            "requester_id": USER_BASE + t.contact[hit] * 3,
            "assignee_id": agent_ids()[t.agent[hit]],
            "score": pick(["bad", "good", "offered", "1", "2", "3", "4", "5"], score),
            "reason": pick(
                ["The issue took too long to resolve", "The agent was not helpful"],
                np.where(good | offered, -1, rng.integers(0, 2, m)),
            ),
            "comment": null_where(words, silent),
            "created_at": moment(at[hit]),
            "updated_at": moment(at[hit]),
            "_fivetran_synced": moment(world.synced(rng, at[hit])),
        },
        rng,
    )
