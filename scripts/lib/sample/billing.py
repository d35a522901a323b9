"""Invoices, lines, charges, disputes, refunds and credit notes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample.config import CURRENCIES
from scripts.lib.sample.context import World
from scripts.lib.sample.contracts import BASE, CONSUMPTION, Subscriptions, quantity_at
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    NONE,
    Bools,
    Floats,
    Ints,
    coded,
    join_text,
    moment,
    pick,
    sigmoid,
    within,
)
from scripts.lib.sample.lifecycle import INVOLUNTARY

STATUSES = ("open", "paid", "void", "uncollectible")
FAILURES = ("card_declined", "expired_card", "insufficient_funds")


@dataclass(frozen=True)
class Invoices:
    """One entry per invoice (one subscription line each)."""

    row: Ints  # subscription
    account: Ints
    month: Ints
    created: Ints
    due: Ints
    quantity: Ints
    amount: Ints
    tax: Ints
    total: Ints
    period_end: Ints
    proration: Bools
    auto: Bools
    paid_at: Ints
    voided_at: Ints
    written_off_at: Ints
    failures: Ints  # failed attempts before payment or the end
    id: pl.Series


def write(world: World, subs: Subscriptions) -> None:
    """Write everything that billing leaves behind."""
    invoices = _invoices(world, subs)
    charge = _charges(world, invoices)
    _invoice_rows(world, subs, invoices, charge)
    _lines(world, subs, invoices)
    _credit_notes(world, invoices)


def _regular(world: World, subs: Subscriptions) -> tuple[Ints, Ints]:
    """Subscription and month of every regular bill."""
    low = np.maximum(subs.from_month, 0)
    offset = (subs.start_month - low) % subs.interval
    first = low + offset
    first = np.where(subs.trial > 0, np.maximum(first, subs.start_month + 1), first)
    counts = np.maximum(0, -(-(subs.to_month - first) // subs.interval))
    counts = np.where(subs.trial == 2, 0, counts)
    row = np.repeat(np.arange(len(first)), counts)
    return row, first[row] + within(row) * subs.interval[row]


def _prorated(world: World, subs: Subscriptions) -> tuple[Ints, Ints, Ints]:
    """Seats added between the yearly bills: subscription, month, added seats."""
    life, a = world.life, world.accounts
    more = life.seats[:, 1:] - life.seats[:, :-1]
    same = (life.contract[:, 1:] == life.contract[:, :-1]) & life.active[:, 1:]
    who, month = np.nonzero((more > 0) & same & life.active[:, :-1] & (a.term > 1)[:, None])
    month = month + 1
    base = np.flatnonzero(subs.kind == BASE)
    key = subs.account[base] * 1000 + subs.from_month[base]
    row = base[np.searchsorted(key, who * 1000 + month, side="right") - 1]
    between = (month - subs.start_month[row]) % 12 != 0
    return row[between], month[between], more[who, month - 1][between]


def _invoices(world: World, subs: Subscriptions) -> Invoices:
    a, cal, r = world.accounts, world.cal, world.config.revenue
    rng = world.streams.get("billing.invoice")
    row, month = _regular(world, subs)
    extra_row, extra_month, added = _prorated(world, subs)
    all_row, all_month = np.r_[row, extra_row], np.r_[month, extra_month]
    account = subs.account[all_row]
    n = len(all_row)
    quantity = np.r_[quantity_at(world, subs, row, month), added]
    metered = subs.kind[all_row] == CONSUMPTION
    pace = world.signals["utilisation"][account, all_month] * 0.22 + rng.normal(0, 0.2, n)
    used = np.rint(subs.units[all_row] / 12 * np.exp(np.clip(pace - 0.05, -2, 1.2)))
    quantity = np.where(metered, np.maximum(0, used), quantity).astype(np.int64)
    left = 12 - (all_month - subs.start_month[all_row]) % 12
    share = np.where(np.arange(n) >= len(row), left / 12.0, 1.0)
    amount = np.rint(quantity * subs.price[all_row] * share).astype(np.int64)
    tax = np.rint(amount * np.asarray(r.tax_rate)[a.currency[account]]).astype(np.int64)
    total = amount + tax
    created = cal.anchor(all_month, a.anchor_day[account]) + rng.integers(HOUR, 9 * HOUR, n)
    # metered use is billed when the month is over
    created = np.where(
        metered, cal.anchor(all_month + 1, a.anchor_day[account]) + 2 * HOUR, created
    )
    period = np.where(metered, 1, subs.interval[all_row])
    period_end = cal.anchor(
        np.where(np.arange(n) >= len(row), all_month + left, all_month + period),
        a.anchor_day[account],
    )
    auto = a.auto_pay[account]
    due = np.where(auto, NONE, created // DAY * DAY + a.terms_days[account] * DAY)
    lost = (subs.end_type[all_row] == INVOLUNTARY) & (all_month == subs.to_month[all_row] - 1)
    paid, failures = _payment(world, rng, account, all_month, created, due, auto)
    paid = np.where(lost, NEVER, paid)
    failures = np.where(lost & auto, 4, failures)
    void = (rng.random(n) < 0.005) & ~lost
    voided = np.where(void, created + rng.integers(2, 12, n) * DAY, NONE)
    paid = np.where(void, NEVER, paid)
    closed = subs.end_at[all_row] + 90 * DAY
    given_up = (lost | ((paid > closed) & (rng.random(n) < 0.5))) & ~void & (closed < NEVER)
    written_off = np.where(given_up, np.where(lost, subs.end_at[all_row], closed), NONE)
    paid = np.where(given_up, NEVER, paid)
    keep = (created < cal.last_event) & (total > 0)
    ids = coded("in_", np.arange(int(keep.sum())) + 9000, 8, "1P")
    return Invoices(
        row=all_row[keep],
        account=account[keep],
        month=all_month[keep],
        created=created[keep],
        due=due[keep],
        quantity=quantity[keep],
        amount=amount[keep],
        tax=tax[keep],
        total=total[keep],
        period_end=period_end[keep],
        proration=(np.arange(n) >= len(row))[keep],
        auto=auto[keep],
        paid_at=paid[keep],
        voided_at=voided[keep],
        written_off_at=written_off[keep],
        failures=failures[keep],
        id=ids,
    )


def _payment(
    world: World,
    rng: np.random.Generator,
    account: Ints,
    month: Ints,
    created: Ints,
    due: Ints,
    auto: Bools,
) -> tuple[Ints, Ints]:
    """Moment of payment and failed attempts: finance drives both."""
    r = world.config.revenue
    n = len(account)
    late, bad = world.signals["lateness"][account, month], world.signals["past_due"][account, month]
    delay = rng.normal(r.delay_base - r.delay_slope * late, r.delay_noise, n)
    stuck = rng.random(n) < sigmoid(r.stuck_invoice[0] - r.stuck_invoice[1] * bad)
    delay = np.where(delay < -12, rng.uniform(-20, -8, n), delay) + stuck * (
        10 + rng.exponential(r.stuck_days, n)
    )
    by_hand = np.maximum(due + np.rint(delay * DAY).astype(np.int64), created + HOUR)
    fails = rng.random((4, n)) < np.vstack(
        [
            sigmoid(r.failed_charge[0] - r.failed_charge[1] * bad),
            np.full((3, n), 1 - r.retry_success),
        ]
    )
    failures = np.cumprod(fails, axis=0).sum(axis=0)
    wait = np.asarray([0, 3, 5, 9, 24])[failures] * DAY
    by_card = created + HOUR + wait + np.where(failures == 4, rng.integers(0, 20, n) * DAY, 0)
    return np.where(auto, by_card, by_hand), np.where(auto, failures, 0)


@dataclass(frozen=True)
class _Charges:
    first_paid: Ints  # charge number that settled each invoice, -1 without
    paid: Ints  # minor units paid by the end
    ids: pl.Series


def _charges(world: World, inv: Invoices) -> _Charges:
    cal, r = world.cal, world.config.revenue
    rng = world.streams.get("billing.charge")
    n = len(inv.row)
    # failed attempts first, then the payments: parts of an invoice are two charges
    tries = np.repeat(np.arange(n), inv.failures)
    waits = np.asarray([0, 3, 5, 9])[np.minimum(within(tries), 3)] * DAY
    tried_at = inv.created[tries] + HOUR + waits
    settled = np.flatnonzero(inv.paid_at < cal.last_event)
    split = rng.random(len(settled)) < r.partial_payment
    half = np.where(split, inv.total[settled] // 2, inv.total[settled])
    rest = np.flatnonzero(split & (inv.total[settled] > 1))
    who = np.r_[tries, settled, settled[rest]]
    at = np.r_[
        tried_at,
        inv.paid_at[settled],
        np.minimum(inv.paid_at[settled[rest]] + 5 * DAY, cal.last_event - 1),
    ]
    amount = np.r_[inv.total[tries], half, inv.total[settled[rest]] - half[rest]]
    ok = np.arange(len(who)) >= len(tries)
    known = at < cal.last_event
    who, at, amount, ok = who[known], at[known], amount[known], ok[known]
    m = len(who)
    ids = coded("ch_", np.arange(m) + 7000, 8, "3N")

    service = world.signals["backlog"][inv.account[who], inv.month[who]]
    refunded = ok & (rng.random(m) < r.refund * np.exp(np.clip(-0.5 * service, -2, 2)))
    part = rng.uniform(0.1, 1.0, m)
    back = np.where(refunded, np.maximum(1, np.rint(amount * part)), 0).astype(np.int64)
    refund_at = at + rng.integers(2, 25, m) * DAY
    known_back = refunded & (refund_at < cal.last_event)
    back = np.where(known_back, back, 0)
    disputed = ok & ~refunded & (rng.random(m) < r.dispute * np.exp(np.clip(-0.6 * service, -2, 2)))
    dispute_at = at + rng.integers(5, 50, m) * DAY
    currency = pick(CURRENCIES, world.accounts.currency[inv.account[who]])
    failure = np.where(ok, -1, rng.integers(0, 3, m))
    world.writer.put(
        "stripe",
        "charge",
        {
            "id": ids,
            "customer_id": pick(world.accounts.customer_id, inv.account[who]),
            "invoice_id": pick(inv.id, who),
            "amount": amount,
            "amount_refunded": back,
            "currency": currency,
            "status": pick(["failed", "succeeded"], ok.astype(np.int64)),
            "paid": ok,
            "captured": ok,
            "refunded": back >= amount,
            "created": moment(at),
            "failure_code": pick(FAILURES, failure),
            "failure_message": pick([f.replace("_", " ") for f in FAILURES], failure),
            "_fivetran_synced": moment(world.synced(rng, at)),
        },
        rng,
    )
    hit = np.flatnonzero(known_back)
    world.writer.put(
        "stripe",
        "refund",
        {
            "id": coded("re_", np.arange(len(hit)) + 300, 8, "3N"),
            "charge_id": pick(ids, hit),
            "amount": back[hit],
            "currency": currency.gather(hit),
            "created": moment(refund_at[hit]),
            "reason": "requested_by_customer",
            "status": "succeeded",
            "_fivetran_synced": moment(world.synced(rng, refund_at[hit])),
        },
        rng,
    )
    hit = np.flatnonzero(disputed & (dispute_at < cal.last_event))
    outcome = rng.integers(0, 3, len(hit))
    fresh = dispute_at[hit] > cal.last_event - 30 * DAY
    world.writer.put(
        "stripe",
        "dispute",
        {
            "id": coded("dp_", np.arange(len(hit)) + 300, 8, "1N"),
            "charge_id": pick(ids, hit),
            "amount": amount[hit],
            "currency": currency.gather(hit),
            "created": moment(dispute_at[hit]),
            "reason": pick(["product_not_received", "general", "fraudulent"], outcome),
            "status": pick(["needs_response", "won", "lost"], np.where(fresh, 0, 1 + outcome % 2)),
            "_fivetran_synced": moment(world.synced(rng, dispute_at[hit])),
        },
        rng,
    )

    paid = np.zeros(n, dtype=np.int64)
    np.add.at(paid, who[ok], amount[ok])
    first = np.full(n, -1)
    rows = np.flatnonzero(ok)
    first[who[rows][::-1]] = rows[::-1]
    return _Charges(first, paid, ids)


def _invoice_rows(world: World, subs: Subscriptions, inv: Invoices, charge: _Charges) -> None:
    cal = world.cal
    rng = world.streams.get("billing.invoice_rows")
    n = len(inv.row)

    def known(at: Ints) -> Ints:
        return np.where(at < cal.last_event, at, NONE)

    paid_at, voided, lost = known(inv.paid_at), known(inv.voided_at), known(inv.written_off_at)
    status = np.select([voided > NONE, lost > NONE, paid_at > NONE], [2, 3, 1], 0)
    left = np.where(status >= 2, 0, np.maximum(0, inv.total - charge.paid))
    opening = inv.month == subs.start_month[inv.row]
    reason = np.where(inv.proration, 2, np.where(opening, 0, 1))
    world.writer.put(
        "stripe",
        "invoice",
        {
            "id": inv.id,
            "customer_id": pick(world.accounts.customer_id, inv.account),
            "subscription_id": pick(subs.id, inv.row),
            "number": join_text("INV-", pl.Series(np.arange(n) + 1).cast(pl.String).str.zfill(7)),
            "status": pick(STATUSES, status),
            "billing_reason": pick(
                ["subscription_create", "subscription_cycle", "subscription_update"], reason
            ),
            "currency": pick(CURRENCIES, world.accounts.currency[inv.account]),
            "amount_due": inv.total,
            "amount_paid": charge.paid,
            "amount_remaining": left,
            "subtotal": inv.amount,
            "tax": inv.tax,
            "total": inv.total,
            "created": moment(inv.created),
            "due_date": moment(inv.due),
            "period_start": moment(inv.created // DAY * DAY),
            "period_end": moment(inv.period_end),
            "status_transitions_finalized_at": moment(
                np.minimum(inv.created + HOUR, cal.last_event - 1)
            ),
            "status_transitions_paid_at": moment(np.where(status == 1, paid_at, NONE)),
            "status_transitions_voided_at": moment(voided),
            "status_transitions_marked_uncollectible_at": moment(np.where(status == 3, lost, NONE)),
            "attempt_count": inv.failures + (paid_at > NONE),
            "auto_advance": status == 0,
            "collection_method": pick(
                ["send_invoice", "charge_automatically"], inv.auto.astype(np.int64)
            ),
            "charge_id": pick(charge.ids, charge.first_paid),
            "is_deleted": np.zeros(n, dtype=bool),
            "livemode": np.ones(n, dtype=bool),
            "_fivetran_synced": moment(world.synced(rng, inv.created)),
        },
        rng,
    )


def _lines(world: World, subs: Subscriptions, inv: Invoices) -> None:
    rng = world.streams.get("billing.lines")
    n = len(inv.row)
    start = world.cal.anchor(inv.month, world.accounts.anchor_day[inv.account])
    world.writer.put(
        "stripe",
        "invoice_line_item",
        {
            "id": coded("il_", np.arange(n) + 4000, 8, "1P"),
            "invoice_id": inv.id,
            "subscription_id": pick(subs.id, inv.row),
            "subscription_item_id": pick(subs.item_id, inv.row),
            "price_id": pick(subs.price_id, inv.row),
            "amount": inv.amount,
            "currency": pick(CURRENCIES, world.accounts.currency[inv.account]),
            "quantity": inv.quantity,
            "proration": inv.proration,
            "period_start": moment(start),
            "period_end": moment(inv.period_end),
            "type": "subscription",
            "description": pick(["Recurring fee", "Added seats"], inv.proration.astype(np.int64)),
            "_fivetran_synced": moment(world.synced(rng, inv.created)),
        },
        rng,
    )


def _credit_notes(world: World, inv: Invoices) -> None:
    cal, r = world.cal, world.config.revenue
    rng = world.streams.get("billing.credit")
    n = len(inv.row)
    service = world.signals["backlog"][inv.account, inv.month]
    chance = r.credit * np.exp(np.clip(-0.6 * service, -2, 2))
    at = inv.created + rng.integers(3, 45, n) * DAY
    hit = np.flatnonzero((rng.random(n) < chance) & (at < cal.last_event) & (inv.voided_at == NONE))
    m = len(hit)
    kind = rng.choice(4, size=m, p=[0.5, 0.25, 0.1, 0.15])
    part: Floats = rng.beta(1.2, 6.0, m)
    amount = np.maximum(1, np.rint(inv.total[hit] * part)).astype(np.int64)
    void = rng.random(m) < 0.03
    voided_at = np.where(void, np.minimum(at[hit] + 3 * DAY, cal.last_event - 1), NONE)
    world.writer.put(
        "stripe",
        "credit_note",
        {
            "id": coded("cn_", np.arange(m) + 100, 8, "1P"),
            "invoice_id": pick(inv.id, hit),
            "amount": amount,
            "currency": pick(CURRENCIES, world.accounts.currency[inv.account[hit]]),
            "created": moment(at[hit]),
            "reason": pick(
                ["product_unsatisfactory", "order_change", "duplicate"],
                np.where(kind == 3, -1, kind),
            ),
            "memo": pick(["Service credit", "Billing correction", "Duplicate", "Goodwill"], kind),
            "status": pick(["issued", "void"], void.astype(np.int64)),
            "voided_at": moment(voided_at),
            "_fivetran_synced": moment(world.synced(rng, at[hit])),
        },
        rng,
    )
