"""Surveys: quarterly invitations, answers that miss not at random, and people."""

from __future__ import annotations

import numpy as np
import polars as pl

from scripts.lib.sample import texts
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    coded,
    expand,
    join_text,
    moment,
    null_where,
    numbered,
    pick,
    sigmoid,
)

PERSON_BASE = 900_000_000


def write(world: World) -> None:
    """Write people, invitations and survey_responses."""
    a, cal, e = world.accounts, world.cal, world.config.engagement
    rng = world.streams.get("surveys")
    account_of = a.contact_account
    contacts = len(account_of)
    months = world.config.months
    asked = (np.arange(months)[None, :] + account_of[:, None]) % 3 == 0
    asked &= rng.random((contacts, months)) < e.invited
    asked &= world.life.active[account_of]
    contact, month = expand(asked.astype(np.int64))
    account = account_of[contact]
    low, high = world.bounds(account, month)
    sent = low + (rng.random(len(contact)) * np.maximum(0, high - low)).astype(np.int64)
    n = len(sent)
    bounced = rng.random(n) < e.bounce
    person = numbered("", PERSON_BASE + contact)
    world.writer.put(
        "surveys",
        "invitations",
        {
            "id": coded("inv_", np.arange(n) + 50, 7),
            "person": person,
            "survey_type": "nps",
            "sent_at": moment(sent),
            "status": pick(["delivered", "bounced"], bounced.astype(np.int64)),
            "_sdc_received_at": moment(world.synced(rng, sent)),
        },
        rng,
    )

    mean = world.latents.window().mean(axis=0)[account, month]
    mood = world.signals["nps"][account, month]
    leaning = rng.normal(0, e.response_leaning, contacts)[contact]
    answers = rng.random(n) < sigmoid(e.response_logit + e.response_slope * np.tanh(mean) + leaning)
    at = sent + (rng.exponential(2.5, n) * DAY).astype(np.int64) + HOUR
    hit = np.flatnonzero(answers & ~bounced & (at < cal.last_event))
    middle, slope, noise = e.nps
    score = middle + slope * mood[hit] + noise * rng.standard_normal(len(hit))
    score = np.clip(np.rint(score), 0, 10)
    words = texts.customer_texts(
        rng, (score - 7.3) / 1.6 + 0.4 * rng.standard_normal(len(hit)), e.non_english, 0.02
    )
    # effort surveys after the first month, one contact of a new account in three
    fresh = np.flatnonzero((a.start_month >= 0) & (rng.random(a.count) < 0.35))
    effort_at = (
        cal.anchor(a.start_month[fresh], a.anchor_day[fresh])
        + rng.integers(25, 45, len(fresh)) * DAY
    )
    fresh, effort_at = fresh[effort_at < cal.last_event], effort_at[effort_at < cal.last_event]
    ease = world.signals["response"][fresh, np.clip(cal.month_of(effort_at), 0, months - 1)]
    points = np.clip(np.rint(5 + 0.9 * ease + rng.standard_normal(len(fresh))), 1, 7)
    when = np.r_[at[hit], effort_at]
    respondent = np.r_[contact[hit], a.first_contact[fresh]]
    m, k = len(hit), len(fresh)
    silent = rng.random(m + k) > 0.55
    silent[m:] = True
    comment = pl.concat([words, pl.repeat(None, k, dtype=pl.String, eager=True)])
    world.writer.put(
        "surveys",
        "survey_responses",
        {
            "id": coded("rsp_", np.arange(m + k) + 50, 7),
            "person": numbered("", PERSON_BASE + respondent),
            "survey_type": pick(["nps", "ces"], (np.arange(m + k) >= m).astype(np.int64)),
            "score": np.r_[score, points].astype(np.int64),
            "comment": null_where(comment, silent),
            "created_at": moment(when),
            "updated_at": moment(when),
            "_sdc_received_at": moment(world.synced(rng, when)),
        },
        rng,
    )

    known = np.unique(np.r_[contact, respondent])
    first = np.full(contacts, cal.last_event)
    np.minimum.at(first, contact, sent)
    np.minimum.at(first, respondent, when)
    made = first[known] - HOUR
    world.writer.put(
        "surveys",
        "people",
        {
            "id": numbered("", PERSON_BASE + known),
            "email": pick(world.contact_email, known),
            "name": join_text("Contact ", pl.Series(known)),
            "created_at": moment(made),
            "_sdc_received_at": moment(made + 60),
        },
        rng,
    )
