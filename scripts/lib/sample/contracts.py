"""Subscriptions with their versions, items, prices and products, from the contract lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample.accounts import TRIAL
from scripts.lib.sample.config import CURRENCIES, MINOR_UNITS, MODULES, TIERS
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import (
    DAY,
    NEVER,
    NONE,
    Bools,
    Floats,
    Ints,
    coded,
    join_text,
    moment,
    null_where,
    pick,
)
from scripts.lib.sample.lifecycle import ACAUSAL, INVOLUNTARY, TRIAL_ENDED

BASE, MODULE_FIRST, CONSUMPTION = 0, 1, 4  # kinds: base, three modules, consumption
REQUESTED, FAILED, REPLACED = 0, 1, 2
REASONS = ("cancellation_requested", "payment_failed", "contract_replaced")


@dataclass(frozen=True)
class Subscriptions:
    """One entry per subscription (one price line each)."""

    account: Ints
    kind: Ints
    tier: Ints
    from_month: Ints  # in the window, first billed month
    to_month: Ints  # first month without it
    start_month: Ints  # true start, may be negative
    start_at: Ints
    end_at: Ints
    reason: Ints  # -1 while running
    end_type: Ints
    notice_at: Ints
    ended_recorded_at: Ints
    interval: Ints  # months of a billing period
    price: Ints  # unit amount in minor units, per interval
    list_price: Bools
    units: Ints  # committed units of a term, -1 without
    trial: Ints  # 0 none, 1 converted, 2 only a trial
    id: pl.Series
    item_id: pl.Series
    price_id: pl.Series


def _runs(key: Ints) -> tuple[Ints, Ints, Ints]:
    """Runs of equal non-negative keys in an account x month table."""
    flat = key.ravel()
    months = key.shape[1]
    position = np.arange(flat.size)
    first = np.r_[True, flat[1:] != flat[:-1]] | (position % months == 0)
    starts = np.flatnonzero(first)
    stops = np.r_[starts[1:], flat.size]
    keep = flat[starts] >= 0
    starts, stops = starts[keep], stops[keep]
    return starts // months, starts % months, stops - starts // months * months


def _spell_of(world: World, account: Ints, month: Ints) -> Ints:
    """Row of the spell that covers an account's month (spells are sorted)."""
    s = world.life.spells
    scale = 100_000
    key = s.account * scale + np.clip(s.start_month, -1000, 50_000) + 1000
    return np.searchsorted(key, account * scale + month + 1000, side="right") - 1


def build(world: World) -> Subscriptions:
    """All subscriptions with true and recorded ends."""
    a, life = world.accounts, world.life
    months = world.config.months
    rng = world.streams.get("contracts")
    keys = [np.where(life.active, life.contract, -1)]
    keys += [np.where(life.modules[:, k], 0, -1) for k in range(3)]
    keys.append(np.where(life.active & a.consumption[:, None], 0, -1))
    account, start, stop, kind = [], [], [], []
    for line, key in enumerate(keys):
        who, low, high = _runs(key)
        account.append(who)
        start.append(low)
        stop.append(high)
        kind.append(np.full(len(who), line))
    acc, m0, m1, what = (np.concatenate(x) for x in (account, start, stop, kind))
    order = np.lexsort((m0, what, acc))
    acc, m0, m1, what = acc[order], m0[order], m1[order], what[order]
    n = len(acc)

    spell = _spell_of(world, acc, m0)
    s = life.spells
    opens = m0 <= np.maximum(s.start_month[spell], 0)
    start_month = np.where(opens, s.start_month[spell], m0)
    start_at = world.cal.anchor(start_month, a.anchor_day[acc])
    with_spell = (m1 == s.end_month[spell]) | ((m1 == months) & (s.end_month[spell] >= months))
    end_at = np.where(with_spell, s.end_at[spell], world.cal.anchor(m1, a.anchor_day[acc]))
    end_type = np.where(with_spell, s.end_type[spell], 0)
    reason = np.where(with_spell & (end_type == INVOLUNTARY), FAILED, REQUESTED)
    reason = np.where(~with_spell & (what == BASE), REPLACED, reason)
    ended = end_at < world.cal.last_event
    late = a.backdated[acc] & with_spell & (end_type > 0) & (end_type != TRIAL_ENDED)
    recorded = np.where(late & ended, end_at + rng.integers(10, 41, n) * DAY, end_at)
    notice = np.where(with_spell, s.notice_at[spell], NONE)
    notice = np.where(late, NONE, notice)
    world.writer.dirt.note(
        "stripe",
        "subscription_history",
        "backdated_cancellations",
        int((late & ended & (recorded < world.cal.last_load)).sum()),
    )

    tier = life.tier[acc, m0]
    yearly = (a.term[acc] > 1) & (what != CONSUMPTION)
    interval = np.where(yearly, 12, 1)
    price, is_list = _unit_price(world, acc, what, tier, life.price_factor[acc, m0], interval)
    pace = np.exp(rng.normal(0, 0.3, n))
    units = np.rint(a.seats[acc] * 1200 * pace / 100) * 100
    units = np.where(what == CONSUMPTION, units, -1).astype(np.int64)
    trial = np.where(a.trial_first[acc] & (what == BASE) & opens, 1, 0)
    trial = np.where(a.kind[acc] == TRIAL, 2, trial)
    number = np.arange(n)
    negotiated = coded("price_", number + 100_000, 8, "1N")
    listed = coded("price_", _list_number(what, tier, interval, a.currency[acc]), 8, "1L")
    price_id = pl.select(pl.when(pl.Series(is_list)).then(listed).otherwise(negotiated)).to_series()
    return Subscriptions(
        account=acc,
        kind=what,
        tier=tier,
        from_month=m0,
        to_month=m1,
        start_month=start_month,
        start_at=start_at,
        end_at=end_at,
        reason=np.where(ended, reason, -1),
        end_type=end_type,
        notice_at=notice,
        ended_recorded_at=recorded,
        interval=interval,
        price=price,
        list_price=is_list,
        units=units,
        trial=trial,
        id=coded("sub_", number + 20_000, 8, "1M"),
        item_id=coded("si_", number + 20_000, 8, "Mx"),
        price_id=price_id,
    )


def _list_number(kind: Ints, tier: Ints, interval: Ints, currency: Ints) -> Ints:
    line = np.where(kind == BASE, tier, 2 + kind)
    number: Ints = (line * 2 + (interval == 12)) * 4 + currency + 10
    return number


def _list_dollars(world: World, kind: Ints, tier: Ints, interval: Ints) -> Floats:
    r = world.config.revenue
    base = np.asarray(r.list_price)[tier]
    module = np.asarray((*r.module_price, 0.0))[np.clip(kind - 1, 0, 3)]
    monthly = np.where(
        kind == BASE, base, np.where(kind == CONSUMPTION, r.consumption_price, module)
    )
    return np.where(interval == 12, monthly * 12 * (1 - r.yearly_discount), monthly)


def _minor(world: World, dollars: Floats, currency: Ints) -> Ints:
    rates = np.asarray(world.config.revenue.rates)[currency]
    minor = np.asarray(MINOR_UNITS)[currency]
    units: Ints = np.maximum(1, np.rint(dollars * rates * minor)).astype(np.int64)
    return units


def _unit_price(
    world: World, account: Ints, kind: Ints, tier: Ints, factor: Floats, interval: Ints
) -> tuple[Ints, Bools]:
    currency = world.accounts.currency[account]
    listed = _minor(world, _list_dollars(world, kind, tier, interval), currency)
    is_list = (factor == 1.0) | (kind == CONSUMPTION)
    price = np.where(is_list, listed, np.rint(listed * factor)).astype(np.int64)
    return np.maximum(1, price), is_list


def write(world: World, subs: Subscriptions) -> None:
    """Write customer, product, price, item and subscription_history."""
    _customers(world)
    _catalogue(world, subs)
    _items(world, subs)
    _history(world, subs)


def _customers(world: World) -> None:
    a = world.accounts
    rng = world.streams.get("stripe.customer")
    n = a.count
    created = world.cal.anchor(a.start_month, a.anchor_day) - rng.integers(1, 5 * DAY, n)
    keyed = rng.random(n) < 0.92
    metadata = join_text('{"crm_account_id": "', a.crm_id[:n], '"}')
    empty = pl.Series(["{}"]).gather(np.zeros(n, dtype=np.uint32))
    world.writer.put(
        "stripe",
        "customer",
        {
            "id": a.customer_id,
            "name": a.name,
            "email": join_text(pick(["billing@", "accounts@", "ap@"], np.arange(n) % 3), a.domain),
            "created": moment(created),
            "currency": pick(CURRENCIES, a.currency),
            "balance": np.zeros(n, dtype=np.int64),
            "delinquent": np.zeros(n, dtype=bool),
            "description": None,
            "metadata": pl.select(
                pl.when(pl.Series(keyed)).then(metadata).otherwise(empty)
            ).to_series(),
            "is_deleted": np.zeros(n, dtype=bool),
            "livemode": np.ones(n, dtype=bool),
            "_fivetran_synced": moment(world.synced(rng, created)),
        },
        rng,
    )
    world.writer.dirt.note("stripe", "customer", "without_crm_key", int((~keyed).sum()))


def _catalogue(world: World, subs: Subscriptions) -> None:
    rng = world.streams.get("stripe.catalogue")
    start = world.cal.start - 2200 * DAY
    lines = np.arange(7)
    names = [f"{t.title()} plan" for t in TIERS] + [m.title() for m in MODULES] + ["Usage credits"]
    meta = [f'{{"kind": "plan", "tier": "{t}"}}' for t in TIERS]
    meta += ['{"kind": "module"}'] * 3 + ['{"kind": "consumption"}']
    product_id = coded("prod_", lines + 40, 8, "Kd")
    created = np.full(7, start)
    world.writer.put(
        "stripe",
        "product",
        {
            "id": product_id,
            "name": pl.Series(names),
            "active": np.ones(7, dtype=bool),
            "type": "service",
            "metadata": pl.Series(meta),
            "created": moment(created),
            "_fivetran_synced": moment(world.synced(rng, created)),
        },
        rng,
    )

    grid = np.arange(7 * 2 * 4)
    line, yearly, currency = grid // 8, grid // 4 % 2, grid % 4
    usable = ~((line == 6) & (yearly == 1))
    line, yearly, currency = line[usable], yearly[usable], currency[usable]
    kind = np.where(line < 3, BASE, line - 2)
    tier = np.minimum(line, 2)
    interval = np.where(yearly == 1, 12, 1)
    amount = _minor(world, _list_dollars(world, kind, tier, interval), currency)
    own = np.flatnonzero(~subs.list_price)
    own_line = np.where(subs.kind[own] == BASE, subs.tier[own], 2 + subs.kind[own])
    all_line = np.r_[line, own_line]
    all_interval = np.r_[interval, subs.interval[own]]
    all_amount = np.r_[amount, subs.price[own]]
    made = np.r_[np.full(len(line), start), subs.start_at[own] - 3 * DAY]
    n = len(all_line)
    list_id = coded("price_", _list_number(kind, tier, interval, currency), 8, "1L")
    world.writer.put(
        "stripe",
        "price",
        {
            "id": pl.concat([list_id, pick(subs.price_id, own)]),
            "product_id": pick(product_id, all_line),
            "nickname": pick(["list", "negotiated"], (np.arange(n) >= len(line)).astype(np.int64)),
            "active": np.ones(n, dtype=bool),
            "currency": pick(
                CURRENCIES, np.r_[currency, world.accounts.currency[subs.account[own]]]
            ),
            "unit_amount": all_amount,
            "unit_amount_decimal": pl.Series(all_amount).cast(pl.String),
            "billing_scheme": "per_unit",
            "type": "recurring",
            "recurring_interval": pick(["month", "year"], (all_interval == 12).astype(np.int64)),
            "recurring_interval_count": np.ones(n, dtype=np.int64),
            "recurring_usage_type": pick(["licensed", "metered"], (all_line == 6).astype(np.int64)),
            "created": moment(made),
            "metadata": "{}",
            "_fivetran_synced": moment(world.synced(rng, made)),
        },
        rng,
    )


def quantity_at(world: World, subs: Subscriptions, row: Ints, month: Ints) -> Ints:
    """Units of a subscription in a month of the window."""
    seats = world.life.seats[subs.account[row], np.clip(month, 0, world.config.months - 1)]
    blocks = np.asarray(world.config.revenue.module_blocks)
    return np.where(
        subs.kind[row] == BASE, seats, blocks[world.accounts.segment[subs.account[row]]]
    )


def _items(world: World, subs: Subscriptions) -> None:
    rng = world.streams.get("stripe.item")
    row = np.arange(len(subs.account))
    quantity = quantity_at(world, subs, row, subs.to_month - 1)
    world.writer.put(
        "stripe",
        "subscription_item",
        {
            "id": subs.item_id,
            "subscription_id": subs.id,
            "price_id": subs.price_id,
            "plan_id": subs.price_id,
            "quantity": null_where(quantity, subs.kind == CONSUMPTION),
            "created": moment(subs.start_at),
            "metadata": "{}",
            "_fivetran_synced": moment(world.synced(rng, subs.start_at)),
        },
        rng,
    )


def _metadata(world: World, subs: Subscriptions) -> pl.Series:
    a = world.accounts
    term = np.where(subs.kind == CONSUMPTION, 12, a.term[subs.account])
    renew = pick(["false", "true"], a.auto_renew[subs.account].astype(np.int64))
    committed = join_text(', "committed_units": "', pl.Series(subs.units), '"')
    unlimited = a.unlimited[subs.account] & (subs.kind == BASE)
    return join_text(
        '{"term_months": "',
        pl.Series(term),
        '", "auto_renew": "',
        renew,
        '"',
        pl.select(
            pl.when(pl.Series(subs.units > 0)).then(committed).otherwise(pl.lit(""))
        ).to_series(),
        pick(["", ', "unlimited_seats": "true"'], unlimited.astype(np.int64)),
        "}",
    )


VERSION_FIELDS = {
    "quantity": pl.Int64(),
    "status": pl.String(),
    "notice": pl.Int64(),
    "requested": pl.Int64(),
    "cancel_at": pl.Int64(),
    "ended": pl.Int64(),
}


def _event(row: Ints, at: Ints, order: int, **changes: Ints | pl.Series | str) -> pl.DataFrame:
    """Changes of subscriptions at moments; what is not named stays as it was."""
    columns = {"row": pl.Series(row), "at": pl.Series(at)}
    columns["order"] = pl.repeat(order, len(row), dtype=pl.Int64(), eager=True)
    for name, kind in VERSION_FIELDS.items():
        value = changes.get(name)
        if isinstance(value, str) or value is None:
            columns[name] = pl.repeat(value, len(row), dtype=kind, eager=True)
        else:
            columns[name] = pl.Series(value, dtype=kind)
    return pl.DataFrame(columns)


def _history(world: World, subs: Subscriptions) -> None:
    """Versions: start, seat changes, trial end, notice, withdrawal, dunning, end."""
    a, cal, life = world.accounts, world.cal, world.life
    rng = world.streams.get("stripe.history")
    rows = np.arange(len(subs.account))
    unlimited_kind = subs.kind == CONSUMPTION
    first = quantity_at(world, subs, rows, subs.from_month)
    opening = pick(["active", "trialing"], (subs.trial > 0).astype(np.int64))
    none = np.full(len(rows), int(NONE))
    parts = [
        _event(
            rows,
            subs.start_at,
            0,
            quantity=first,
            status=opening,
            notice=np.zeros(len(rows), dtype=np.int64),
            requested=none,
            cancel_at=none,
            ended=none,
        )
    ]

    changed = (life.seats[:, 1:] != life.seats[:, :-1]) & life.active[:, 1:] & life.active[:, :-1]
    changed &= life.contract[:, 1:] == life.contract[:, :-1]
    who, month = np.nonzero(changed)
    base = np.flatnonzero(subs.kind == BASE)
    key = subs.account[base] * 1000 + subs.from_month[base]
    found = base[np.searchsorted(key, who * 1000 + month + 1, side="right") - 1]
    parts.append(
        _event(
            found, cal.anchor(month + 1, a.anchor_day[who]), 1, quantity=life.seats[who, month + 1]
        )
    )

    tried = np.flatnonzero(subs.trial == 1)
    parts.append(_event(tried, subs.start_at[tried] + 30 * DAY, 2, status="active"))

    told = np.flatnonzero(
        (subs.notice_at > NONE) & (subs.kind == BASE) & (subs.notice_at > subs.start_at)
    )
    parts.append(
        _event(
            told,
            subs.notice_at[told],
            3,
            notice=np.ones(len(told), dtype=np.int64),
            requested=subs.notice_at[told],
            cancel_at=subs.end_at[told],
        )
    )

    back = life.withdrawn
    month = cal.month_of(back.given_at)
    found = base[np.searchsorted(key, back.account * 1000 + month, side="right") - 1]
    good = (subs.account[found] == back.account) & (subs.end_at[found] > back.withdrawn_at)
    good &= subs.start_at[found] < back.given_at
    found, given = found[good], back.given_at[good]
    parts.append(
        _event(
            found,
            given,
            3,
            notice=np.ones(len(found), dtype=np.int64),
            requested=given,
            cancel_at=back.effective_at[good],
        )
    )
    blank = np.full(len(found), int(NONE))
    parts.append(
        _event(
            found,
            back.withdrawn_at[good],
            4,
            notice=np.zeros(len(found), dtype=np.int64),
            requested=blank,
            cancel_at=blank,
        )
    )

    unpaid = np.flatnonzero(subs.end_type == INVOLUNTARY)
    parts.append(
        _event(
            unpaid,
            np.maximum(subs.end_at[unpaid] - 20 * DAY, subs.start_at[unpaid] + DAY),
            5,
            status="past_due",
        )
    )
    done = np.flatnonzero(subs.reason >= 0)
    asked = np.where(subs.notice_at[done] > NONE, subs.notice_at[done], subs.end_at[done])
    parts.append(
        _event(
            done,
            subs.ended_recorded_at[done],
            9,
            status="canceled",
            notice=np.zeros(len(done), dtype=np.int64),
            requested=asked,
            ended=subs.end_at[done],
        )
    )

    events = (
        pl.concat(parts)
        .filter(pl.col("at") < cal.last_event)
        .unique(["row", "at"], keep="last", maintain_order=True)
        .sort("row", "at", "order")
        .with_columns(
            pl.col("quantity", "status", "notice", "requested", "cancel_at", "ended")
            .forward_fill()
            .over("row")
        )
        .with_columns(pl.col("at").shift(-1).over("row").alias("next"))
    )
    row = events["row"].to_numpy()
    at = events["at"].to_numpy()
    quantity = events["quantity"].to_numpy()
    status = events["status"]
    upcoming = events["next"].fill_null(int(NEVER)).to_numpy()
    requested = events["requested"].to_numpy()
    ended = events["ended"].to_numpy()
    account = subs.account[row]
    month = cal.month_of(at)
    passed = np.maximum(0, month - subs.start_month[row]) // subs.interval[row]
    period = subs.start_month[row] + passed * subs.interval[row]
    blank_seats = a.null_seats[account] & (subs.kind[row] == BASE)
    world.writer.dirt.note(
        "stripe", "subscription_history", "null_quantity", int(blank_seats.sum())
    )
    auto = a.auto_pay[account]
    trial_end = subs.start_at + 30 * DAY
    is_ended = ended > NONE
    world.writer.put(
        "stripe",
        "subscription_history",
        {
            "id": pick(subs.id, row),
            "customer_id": pick(a.customer_id, account),
            "status": status,
            "start_date": moment(subs.start_at[row]),
            "created": moment(subs.start_at[row]),
            "current_period_start": moment(cal.anchor(period, a.anchor_day[account])),
            "current_period_end": moment(
                cal.anchor(period + subs.interval[row], a.anchor_day[account])
            ),
            "cancel_at": moment(np.where(is_ended, NONE, events["cancel_at"].to_numpy())),
            "cancel_at_period_end": events["notice"].to_numpy() == 1,
            "canceled_at": moment(requested),
            "ended_at": moment(ended),
            "trial_start": moment(np.where(subs.trial > 0, subs.start_at, NONE)[row]),
            "trial_end": moment(np.where(subs.trial > 0, trial_end, NONE)[row]),
            "collection_method": pick(
                ["send_invoice", "charge_automatically"], auto.astype(np.int64)
            ),
            "days_until_due": null_where(a.terms_days[account], auto),
            "quantity": null_where(quantity, blank_seats | unlimited_kind[row]),
            "cancellation_details_reason": pick(REASONS, np.where(is_ended, subs.reason[row], -1)),
            "metadata": pick(_metadata(world, subs), row),
            "livemode": np.ones(len(row), dtype=bool),
            "_fivetran_start": moment(at),
            "_fivetran_end": moment(upcoming),
            "_fivetran_active": upcoming == NEVER,
            "_fivetran_synced": moment(world.synced(rng, at)),
        },
        rng,
    )


__all__ = ["ACAUSAL", "Subscriptions", "build", "quantity_at", "write"]
