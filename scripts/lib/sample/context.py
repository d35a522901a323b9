"""What every part of the sample world reads, and the keys by which systems name an account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample.accounts import Accounts
from scripts.lib.sample.calendar import Calendar
from scripts.lib.sample.config import WorldConfig
from scripts.lib.sample.frames import (
    DAY,
    HOUR,
    NEVER,
    NONE,
    Floats,
    Ints,
    Streams,
    join_text,
    pick,
    salesforce_ids,
)
from scripts.lib.sample.latents import Latents
from scripts.lib.sample.lifecycle import Lifecycle
from scripts.lib.sample.writer import RawWriter


@dataclass(frozen=True)
class World:
    """The simulated company and the writer of its exports."""

    config: WorldConfig
    cal: Calendar
    streams: Streams
    accounts: Accounts
    latents: Latents
    signals: dict[str, Floats]
    life: Lifecycle
    season: Floats
    contact_email: pl.Series
    writer: RawWriter

    def synced(self, rng: np.random.Generator, at: Ints, late: bool = False) -> Ints:
        """Loader's clock: one to six hours after the event, a few days for the late ones."""
        n = len(at)
        out = at + rng.integers(HOUR, 6 * HOUR, n)
        if late:
            d = self.config.dirt
            low, high = d.late_days
            is_late = rng.random(n) < d.late_events
            out = out + np.where(is_late, rng.integers(low * DAY, high * DAY, n), 0)
        return np.where((at <= NONE) | (at >= NEVER), at, out)

    def crm_key(self, rng: np.random.Generator, account: Ints, at: Ints) -> pl.Series:
        """Key of an account in a CRM-keyed row: twins and merged rows blur it."""
        a = self.accounts
        key = account.copy()
        draw = rng.random(len(account))
        twin = np.full(a.count, -1)
        twin[a.twin_of] = a.count + np.arange(len(a.twin_of))
        twin_end = np.full(a.count, NEVER)
        twin_end[a.twin_of] = a.twin_merged_at
        chance = np.where(at < twin_end[account], 0.25, 0.10)
        key = np.where((twin[account] >= 0) & (draw < chance), twin[account], key)
        moved = (at >= a.merged_at[account]) & (draw > 0.5)
        key = np.where(moved, a.merged_into[account], key)
        return pick(a.crm_id, key)

    def owner_id(self, account: Ints) -> pl.Series:
        """CRM user that owns the account."""
        return salesforce_ids("005", self.accounts.owner[account] + 500)

    def contact_id(self, contact: Ints) -> pl.Series:
        """CRM key of a contact; null where negative."""
        ids = salesforce_ids("003", np.maximum(contact, 0) + 1000)
        return pl.select(pl.when(pl.Series(contact >= 0)).then(ids)).to_series()

    def open_counts(self, rng: np.random.Generator, rate: Floats) -> Ints:
        """Poisson counts of an account x month rate, scaled by the time under contract."""
        return rng.poisson(rate * self.life.open_share(self.cal)).astype(np.int64)

    def even_counts(self, rng: np.random.Generator, rate: Floats) -> Ints:
        """As `open_counts` for what has a cadence: only the rest of a rate is left to chance."""
        expected = rate * self.life.open_share(self.cal)
        return np.floor(expected + rng.random(expected.shape)).astype(np.int64)

    def bounds(self, account: Ints, month: Ints) -> tuple[Ints, Ints]:
        """Contracted interval of a month, from where moments are drawn."""
        return self.life.open_from[account, month], self.life.open_to[account, month]


def contact_emails(accounts: Accounts) -> pl.Series:
    """E-mail of every contact, at the account's own domain."""
    slot = np.arange(int(accounts.contacts.sum())) - np.repeat(
        accounts.first_contact, accounts.contacts
    )
    domain = pick(accounts.domain, accounts.contact_account)
    return join_text("contact", pl.Series(slot + 1).cast(pl.String).str.zfill(3), "@", domain)
