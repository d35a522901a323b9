"""Static facts of every account: who it is, what it signed, and its keys in each system."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample import names
from scripts.lib.sample.calendar import Calendar
from scripts.lib.sample.config import (
    COUNTRY_CURRENCY,
    INDUSTRIES,
    WorldConfig,
)
from scripts.lib.sample.frames import (
    DAY,
    NEVER,
    Bools,
    Floats,
    Ints,
    Streams,
    categorical,
    categorical_by,
    coded,
    numbered,
    salesforce_ids,
)

CUSTOMER, TRIAL, TEST = range(3)
FAMILY_ACCOUNTS = 8  # below it a world has too few customers for a family and a slip


@dataclass(frozen=True)
class Accounts:
    """One entry per simulated account in every array."""

    kind: Ints
    segment: Ints
    industry: Ints
    country: Ints
    currency: Ints
    start_month: Ints  # may be negative: signed before the window
    anchor_day: Ints
    created: Ints
    term: Ints
    notice_lag: Ints
    auto_pay: Bools
    auto_renew: Bools
    trial_first: Bools
    terms_days: Ints
    tier: Ints
    seats: Ints
    price_factor: Floats  # negotiated over list price, 1 when list
    modules: Bools  # (accounts, modules) at start
    consumption: Bools
    unlimited: Bools
    null_seats: Bools
    tech_touch: Bools
    support_entitled: Bools
    no_relationship: Bools
    no_telemetry: Bools
    no_pulse: Bools
    owner: Ints
    silent_owners: int  # the first owners: neither activity sync nor tags
    employees: Ints
    parent: Ints
    merged_into: Ints  # -1 unless another account swallows it
    merged_at: Ints
    backdated: Bools
    contacts: Ints
    first_contact: Ints
    # secondary CRM rows of the same company
    twin_of: Ints
    twin_merged_at: Ints
    name: pl.Series
    domain: pl.Series
    crm_id: pl.Series  # simulated accounts, then twins
    customer_id: pl.Series
    workspace_id: pl.Series

    @property
    def count(self) -> int:
        """Number of simulated accounts, without twins."""
        return len(self.kind)

    @property
    def contact_account(self) -> Ints:
        """Account of every contact."""
        return np.repeat(np.arange(self.count), self.contacts)


def _kinds(config: WorldConfig, rng: np.random.Generator) -> Ints:
    share = config.account.trial_share, config.account.test_share
    return categorical(rng, (1 - sum(share), *share), config.accounts)


def _starts(config: WorldConfig, rng: np.random.Generator, kind: Ints) -> Ints:
    n, months = config.accounts, config.months
    new_share = 1 - 1 / (1 + config.account.new_per_year * months / 12)
    before = -1 - np.minimum(rng.geometric(1 / 20.0, n), 47)
    start = np.where(rng.random(n) < new_share, rng.integers(0, months, n), before)
    return np.where(kind == TRIAL, rng.integers(0, months, n), start).astype(np.int64)


def _parents(config: WorldConfig, rng: np.random.Generator, segment: Ints, kind: Ints) -> Ints:
    n = config.accounts
    parent = np.full(n, -1)
    large = np.flatnonzero((segment == 2) & (kind == CUSTOMER))
    if len(large) < 4:
        return parent
    heads = large[: max(1, len(large) // 6)]
    tail = large[len(heads) :]
    child = tail[rng.random(len(tail)) < config.account.child_share]
    parent[child] = heads[rng.integers(0, len(heads), len(child))]
    return parent


def _families(parent: Ints, kind: Ints, into: Ints) -> Ints:
    """Three generations, and two accounts that a slip made each other's parent, in every world.

    Nothing is drawn: a world of the same seed differs in its parents alone.
    """
    parent = parent.copy()
    known = np.flatnonzero((kind == CUSTOMER) & (into < 0))
    if len(known) < FAMILY_ACCOUNTS:
        return parent
    top, middle, second, grandchild = known[:4]
    below, left, right = known[-3:]
    parent[top] = -1
    parent[[middle, second]] = top
    parent[grandchild] = middle
    parent[left], parent[right] = right, left
    parent[below] = right
    return parent


def _merges(
    config: WorldConfig, cal: Calendar, rng: np.random.Generator, kind: Ints, start: Ints
) -> tuple[Ints, Ints]:
    n, months = config.accounts, config.months
    into, at = np.full(n, -1), np.full(n, NEVER)
    wanted = max(1, round(config.dirt.merges_per_year * n * months / 12))
    settled = rng.permutation(np.flatnonzero((kind == CUSTOMER) & (start < months // 4)))
    wanted = min(wanted, len(settled) // 2)
    gone, survivors = settled[:wanted], settled[wanted : 2 * wanted]
    into[gone] = survivors
    at[gone] = cal.month_start(rng.integers(months // 3, months, wanted)) + rng.integers(
        0, 27 * DAY, wanted
    )
    return into, at


def build(config: WorldConfig, cal: Calendar, streams: Streams) -> Accounts:
    """Draw the static facts of all accounts."""
    a, e, d = config.account, config.engagement, config.dirt
    rng = streams.get("accounts")
    terms = config.revenue.terms_days
    n = config.accounts
    kind = _kinds(config, rng)
    segment = categorical(rng, a.segment_share, n)
    industry = categorical(rng, a.industry_share, n)
    country = categorical(rng, a.country_share, n)
    start = _starts(config, rng, kind)
    anchor_day = rng.integers(1, 29, n)
    start_at = cal.anchor(start, anchor_day)
    term = np.array([1, 12, 24])[categorical_by(rng, a.term_share, segment)]
    auto = np.asarray(a.auto_pay)[segment, (term > 1).astype(np.int64)]
    discounted = rng.random(n) < np.asarray(a.negotiated)[segment]
    mean = np.asarray(a.discount_mean)[segment]
    discount = np.clip(rng.beta(4 * mean, 4 * (1 - mean)), 0.01, 0.75)
    median = np.asarray(a.seats_median)[segment]
    seats = np.rint(median * np.exp(np.asarray(a.seats_sigma)[segment] * rng.standard_normal(n)))
    seats = np.maximum(2, seats).astype(np.int64)
    tech = rng.random(n) < np.asarray(a.tech_touch)[segment]
    consumption = (rng.random(n) < np.asarray(a.consumption)[segment]) & (kind == CUSTOMER)
    silent = rng.random(n) < e.relationship_missing
    silent |= (segment == 0) & (rng.random(n) < e.smb_relationship_missing)
    owners = max(4, n // a.accounts_per_owner)
    silent_owners = int(np.clip(round(owners * float(silent.mean())), 1, owners - 1))
    place = rng.random(n)
    owner = np.where(
        silent, place * silent_owners, silent_owners + place * (owners - silent_owners)
    ).astype(np.int64)
    contacts = 2 + rng.poisson(np.asarray(a.contacts_mean)[segment])
    into, merged_at = _merges(config, cal, rng, kind, start)
    into = np.where(into >= 0, into, -1)
    name, domain = names.companies(rng, n)

    twins = max(1, round(d.duplicate_accounts * n))
    settled = rng.permutation(np.flatnonzero((kind == CUSTOMER) & (into < 0)))[:twins]
    twin_merged = cal.month_start(rng.integers(config.months // 2, config.months, len(settled)))
    twin_merged = twin_merged + rng.integers(0, 27 * DAY, len(settled))
    unresolved = np.arange(len(settled)) % 2 == 0
    numbers = np.arange(n + len(settled)) + 1000

    return Accounts(
        kind=kind,
        segment=segment,
        industry=industry,
        country=country,
        currency=np.asarray(COUNTRY_CURRENCY)[country],
        start_month=start,
        anchor_day=anchor_day,
        created=start_at - rng.integers(2, 60, n) * DAY - rng.integers(0, DAY, n),
        term=np.where(kind == TEST, 12, term),
        notice_lag=rng.integers(1, 4, n),
        auto_pay=rng.random(n) < auto,
        auto_renew=rng.random(n) < a.auto_renew,
        trial_first=(rng.random(n) < a.trial_first) & (kind == CUSTOMER),
        terms_days=np.asarray(terms)[rng.integers(0, len(terms), n)],
        tier=categorical_by(rng, a.tier_share, segment),
        seats=seats,
        price_factor=np.where(discounted, 1 - discount, 1.0),
        modules=rng.random((n, 3)) < np.asarray(a.module_start)[segment][:, None],
        consumption=consumption,
        unlimited=consumption & (rng.random(n) < a.unlimited_seats),
        null_seats=rng.random(n) < d.null_seats,
        tech_touch=tech,
        support_entitled=rng.random(n) < a.support_entitlement,
        no_relationship=silent,
        no_telemetry=rng.random(n) < config.product.telemetry_never,
        no_pulse=rng.random(n) < e.pulse_missing,
        owner=owner,
        silent_owners=silent_owners,
        employees=np.rint(seats * np.exp(rng.normal(2.0, 0.7, n))).astype(np.int64) + 3,
        parent=_families(_parents(config, rng, segment, kind), kind, into),
        merged_into=into,
        merged_at=merged_at,
        backdated=rng.random(n) < config.churn.backdated,
        contacts=contacts,
        first_contact=np.cumsum(contacts) - contacts,
        twin_of=settled,
        twin_merged_at=np.where(unresolved, NEVER, twin_merged),
        name=name,
        domain=domain,
        crm_id=salesforce_ids("001", numbers),
        customer_id=coded("cus_", np.arange(n) + 5000, 8, "Nf"),
        workspace_id=numbered("ws", np.arange(n) + 100_000),
    )


def season(config: WorldConfig, industry: Ints) -> Floats:
    """Seasonal swing of activity by account and month of the window."""
    a = config.account
    base = np.datetime64(config.end, "M") - np.timedelta64(config.months - 1, "M")
    month = (base.astype(np.int64) + np.arange(config.months)) % 12
    phase = np.asarray(a.season_phase)[: len(INDUSTRIES), None]
    amplitude = np.asarray(a.season_amplitude)[: len(INDUSTRIES), None]
    table: Floats = amplitude * np.sin(2 * np.pi * (month[None, :] - phase) / 12)
    out: Floats = table[industry]
    return out
