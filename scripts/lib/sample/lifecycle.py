"""The life of the contracts: starting, growing, shrinking, deciding to leave, coming back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scripts.lib.sample.accounts import CUSTOMER, TEST, TRIAL, Accounts
from scripts.lib.sample.calendar import Calendar
from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.frames import (
    DAY,
    NEVER,
    NONE,
    Bools,
    Floats,
    Ints,
    Streams,
    sigmoid,
)
from scripts.lib.sample.latents import FINANCE, Latents, value

VOLUNTARY, INVOLUNTARY, ACAUSAL, TRIAL_ENDED = range(1, 5)
CHURN_NAMES = ("none", "voluntary", "involuntary", "acausal", "trial_ended")
FAR = 10_000  # a month after every window


@dataclass(frozen=True)
class Spells:
    """One entry per contracted period of an account."""

    account: Ints
    start_month: Ints
    start_at: Ints
    end_month: Ints  # first month without a contract
    end_at: Ints
    end_type: Ints
    decided_at: Ints
    notice_at: Ints


@dataclass(frozen=True)
class Notices:
    """Notices that were taken back."""

    account: Ints
    given_at: Ints
    withdrawn_at: Ints
    effective_at: Ints


@dataclass(frozen=True)
class Lifecycle:
    """What every account had under contract in every month."""

    active: Bools  # accounts x months, on the anchor day
    seats: Ints
    tier: Ints
    price_factor: Floats
    contract: Ints  # running number of the base subscription
    modules: Bools  # accounts x modules x months
    spells: Spells
    withdrawn: Notices
    open_from: Ints  # accounts x months: contracted seconds of each month
    open_to: Ints
    probability: Floats  # of leaving if the decision were due in this month

    def open_share(self, cal: Calendar) -> Floats:
        """Share of each month under contract."""
        months = np.arange(self.active.shape[1])
        length = cal.month_start(months + 1) - cal.month_start(months)
        out: Floats = np.maximum(0, self.open_to - self.open_from) / length
        return out


class _Book:
    """Collects spells while the months pass."""

    def __init__(self, n: int) -> None:
        self.rows: list[tuple[Ints, ...]] = []
        self.start_month = np.zeros(n, dtype=np.int64)

    def close(
        self, who: Ints, end_month: Ints, end_at: Ints, kind: int, decided: Ints, notice: Ints
    ) -> None:
        started = self.start_month[who]
        full = np.full(len(who), kind)
        self.rows.append((who, started, end_month, end_at, full, decided, notice))


def simulate(
    config: WorldConfig,
    cal: Calendar,
    streams: Streams,
    accounts: Accounts,
    latents: Latents,
    revenue: Floats,
) -> Lifecycle:
    """Walk through the months; every step treats all accounts at once."""
    c = config.churn
    n, months = accounts.count, config.months
    rng = streams.get("lifecycle")
    customer = accounts.kind == CUSTOMER
    state_seats, state_tier = accounts.seats.copy(), accounts.tier.copy()
    factor, contract = accounts.price_factor.copy(), np.zeros(n, dtype=np.int64)
    owned = accounts.modules & (accounts.kind == CUSTOMER)[:, None]
    term_start = accounts.start_month.copy()
    # a term that began long ago has been renewed: keep its phase
    on = accounts.start_month < 0
    leaves = np.full(n, FAR)
    ended = np.full(n, FAR)
    decided = np.zeros(n, dtype=bool)
    book = _Book(n)
    book.start_month = accounts.start_month.copy()
    taken_back: list[tuple[Ints, ...]] = []

    active = np.zeros((n, months), dtype=bool)
    seats = np.zeros((n, months), dtype=np.int64)
    tier = np.zeros((n, months), dtype=np.int64)
    price = np.zeros((n, months))
    number = np.zeros((n, months), dtype=np.int64)
    modules = np.zeros((n, 3, months), dtype=bool)
    probability = np.zeros((n, months))

    for t in range(months):
        here = np.full(n, t)
        starting = accounts.start_month == t
        back = ~on & ~starting & customer & (ended + 3 <= t) & (rng.random(n) < c.reactivation)
        gone = on & (leaves == t)
        ended[gone] = t
        on = (on & ~gone) | starting | back
        decided &= ~(gone | back)
        leaves[starting | back] = FAR
        book.start_month[back] = t
        term_start[back] = t
        contract[back] += 1
        state_seats[back] = np.maximum(2, np.rint(state_seats[back] * 0.7)).astype(np.int64)

        z_mean = (latents.at(t - 1) + latents.at(t - 2)) / 2
        v_renewal, v_month = value(config, z_mean), value(config, latents.at(t - 1))
        u = latents.unobserved
        p_renewal = sigmoid(c.renewal_intercept - c.renewal_slope * v_renewal + u)
        p_month = sigmoid(c.monthly_intercept - c.monthly_slope * v_month + u)
        probability[:, t] = np.where(accounts.term > 1, p_renewal, p_month)

        free = on & customer & ~decided & (t > book.start_month)
        draw = rng.random((4, n))
        day = rng.integers(0, 27 * DAY, n)
        anchor = cal.anchor(here, accounts.anchor_day)
        next_anchor = cal.anchor(here + 1, accounts.anchor_day)

        # outside causes
        acausal = free & (draw[0] < c.acausal)
        end_at = np.minimum(anchor + DAY + day, next_anchor)
        who = np.flatnonzero(acausal)
        book.close(who, here[who] + 1, end_at[who], ACAUSAL, end_at[who], np.full(len(who), NONE))
        leaves[acausal] = t + 1
        decided |= acausal

        # payment failure
        finance = 0.0 if config.world == "null" else latents.at(t - 1)[FINANCE]
        logit = c.involuntary_logit[0] + c.involuntary_logit[1] * np.asarray(finance) * np.ones(n)
        hazard = c.involuntary_floor + c.involuntary_scale * sigmoid(logit)
        unpaid = free & ~decided & (accounts.segment == 0) & (draw[1] < hazard)
        unpaid &= (accounts.term == 1) | ((t - term_start) % accounts.term == 0)
        end_at = np.minimum(anchor + 22 * DAY + day // 8, next_anchor)
        who = np.flatnonzero(unpaid)
        book.close(
            who, here[who] + 1, end_at[who], INVOLUNTARY, end_at[who], np.full(len(who), NONE)
        )
        leaves[unpaid] = t + 1
        decided |= unpaid

        # the customer's own decision
        monthly = free & ~decided & (accounts.term == 1) & (draw[2] < p_month)
        request = np.minimum(anchor + DAY + day, next_anchor - 3600)
        who = np.flatnonzero(monthly)
        book.close(who, here[who] + 1, next_anchor[who], VOLUNTARY, request[who], request[who])
        leaves[monthly] = t + 1
        decided |= monthly

        renewal = t + accounts.notice_lag
        due = free & ~decided & (accounts.term > 1)
        due &= ((renewal - term_start) % accounts.term == 0) & (renewal > term_start)
        refusing = due & (draw[2] < p_renewal)
        silent = draw[3] < c.silent_lapse
        renewal_at = cal.anchor(renewal, accounts.anchor_day)
        who = np.flatnonzero(refusing)
        notice = np.where(silent, NONE, anchor + day)[who]
        told = np.where(silent, renewal_at, anchor + day)[who]
        book.close(who, renewal[who], renewal_at[who], VOLUNTARY, told, notice)
        leaves[refusing] = renewal[refusing]
        decided |= refusing
        wavering = due & ~refusing & (draw[3] < c.withdrawn_notice)
        who = np.flatnonzero(wavering)
        given = (anchor + day)[who]
        taken_back.append((who, given, given + (6 + day[who] % 18) * DAY, renewal_at[who]))

        trial = on & (accounts.kind == TRIAL) & (t == accounts.start_month)
        who = np.flatnonzero(trial)
        ends = anchor[who] + 30 * DAY
        book.close(who, here[who] + 1, ends, TRIAL_ENDED, ends, np.full(len(who), NONE))
        leaves[trial] = t + 1

        _change_contracts(
            config,
            rng,
            t,
            on & customer & ~decided & (t > book.start_month),
            accounts,
            revenue[:, t],
            term_start,
            state_seats,
            state_tier,
            factor,
            contract,
            owned,
        )
        active[:, t], seats[:, t], tier[:, t] = on, state_seats, state_tier
        price[:, t], number[:, t] = factor, contract
        modules[:, :, t] = owned & on[:, None]

    spells = _spells(cal, accounts, book, on, leaves, months)
    open_from, open_to = _open_months(cal, spells, n, months)
    back_rows = [np.concatenate([r[i] for r in taken_back]) for i in range(4)]
    return Lifecycle(
        active,
        seats,
        tier,
        price,
        number,
        modules,
        spells,
        Notices(*back_rows),
        open_from,
        open_to,
        probability,
    )


def _change_contracts(
    config: WorldConfig,
    rng: np.random.Generator,
    t: int,
    free: Bools,
    accounts: Accounts,
    x: Floats,
    term_start: Ints,
    seats: Ints,
    tier: Ints,
    factor: Floats,
    contract: Ints,
    owned: Bools,
) -> None:
    """Seat changes, plan changes, price uplifts and modules of one month, in place."""
    r = config.revenue
    n = len(seats)
    draw = rng.random((6, n))
    size = rng.uniform(0.08, 0.38, n)
    renewing = free & ((t - term_start) % accounts.term == 0)
    grow = np.exp(np.clip(r.seat_increase_slope * x, -3, 2.2))
    shrink = np.exp(np.clip(-r.seat_decrease_slope * x, -3, 2.2))
    up = free & (draw[0] < r.seat_increase * grow)
    base = np.where(accounts.term == 1, r.seat_decrease_monthly, r.seat_decrease_renewal * renewing)
    down = free & ~up & (seats > 2) & (draw[1] < base * shrink)
    more = np.maximum(1, np.rint(seats * size)).astype(np.int64)
    less = np.maximum(1, np.rint(seats * size)).astype(np.int64)
    seats[up] += more[up]
    seats[down] = np.maximum(2, seats[down] - less[down])

    upgraded = free & (tier < 2) & (draw[2] < r.upgrade * grow)
    downgraded = free & renewing & (tier > 0) & (draw[2] > 1 - r.downgrade_renewal * shrink)
    dearer = renewing & (accounts.term > 1) & (draw[3] < r.price_uplift_share)
    uplift = rng.uniform(*r.price_uplift, n)
    tier[upgraded] += 1
    tier[downgraded] -= 1
    factor[dearer] = np.minimum(1.0, factor[dearer] * (1 + uplift[dearer]))
    dearer &= factor < 1.0
    replaced = upgraded | downgraded | dearer
    contract[replaced] += 1
    term_start[replaced] = t

    large = np.where(accounts.segment == 0, 0.4, 1.0)[:, None]
    moves = rng.random((n, 3, 2))
    owned |= free[:, None] & (moves[:, :, 0] < r.module_add * grow[:, None] * large)
    owned &= ~(free[:, None] & (moves[:, :, 1] < r.module_drop * shrink[:, None]))


def _spells(
    cal: Calendar, accounts: Accounts, book: _Book, on: Bools, leaves: Ints, months: int
) -> Spells:
    open_ended = np.flatnonzero(on & (leaves == FAR))
    far = np.full(len(open_ended), FAR)
    never, none = np.full(len(open_ended), NEVER), np.full(len(open_ended), NONE)
    rows = [
        *book.rows,
        (open_ended, book.start_month[open_ended], far, never, far * 0, never, none),
    ]
    columns = [np.concatenate([r[i] for r in rows]) for i in range(7)]
    order = np.lexsort((columns[1], columns[0]))
    who, start, end, end_at, kind, decided, notice = (c[order] for c in columns)
    return Spells(
        account=who,
        start_month=start,
        start_at=cal.anchor(start, accounts.anchor_day[who]),
        end_month=end,
        end_at=end_at,
        end_type=kind,
        decided_at=decided,
        notice_at=notice,
    )


def _open_months(cal: Calendar, spells: Spells, n: int, months: int) -> tuple[Ints, Ints]:
    open_from = np.zeros((n, months), dtype=np.int64)
    open_to = np.zeros((n, months), dtype=np.int64)
    for t in range(months):
        low, high = cal.month_start(np.array([t, t + 1]))
        begin, finish = np.maximum(spells.start_at, low), np.minimum(spells.end_at, high)
        hit = finish > begin
        open_from[spells.account[hit], t] = begin[hit]
        open_to[spells.account[hit], t] = finish[hit]
    return open_from, open_to


__all__ = ["CHURN_NAMES", "TEST", "Lifecycle", "Notices", "Spells", "simulate"]
