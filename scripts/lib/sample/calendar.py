"""Months, business time and moments of a working day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from scripts.lib.sample.frames import DAY, HOUR, Floats, Ints

OPENING = 9  # hours, UTC
CLOSING = 17
_MINUTES = (CLOSING - OPENING) * 60


@dataclass(frozen=True)
class Calendar:
    """The window of a world: months 0 .. months-1 ending at the end date."""

    end: dt.date
    months: int

    @property
    def base(self) -> np.datetime64:
        """First month of the window."""
        return np.datetime64(self.end, "M") - np.timedelta64(self.months - 1, "M")

    @property
    def start(self) -> int:
        """First second of the window."""
        return int(self.month_start(np.array([0]))[0])

    @property
    def last_event(self) -> int:
        """First second after the end date: nothing happens from here on."""
        return int(np.datetime64(self.end, "D").astype(np.int64) + 1) * DAY

    @property
    def last_load(self) -> int:
        """First second that no loader's clock reaches: one day after the end date is over."""
        return self.last_event + DAY

    def month_start(self, month: Ints) -> Ints:
        """Epoch second at which a month begins; months may be negative."""
        months = self.base + np.asarray(month, dtype=np.int64).astype("timedelta64[M]")
        return months.astype("datetime64[D]").astype(np.int64) * DAY

    def anchor(self, month: Ints, day_of_month: Ints) -> Ints:
        """Epoch second of a day of a month."""
        return self.month_start(month) + (day_of_month - 1) * DAY

    def month_of(self, seconds: Ints) -> Ints:
        """Month number of a moment."""
        months = (seconds // DAY).astype("datetime64[D]").astype("datetime64[M]")
        return (months - self.base).astype(np.int64)


def weekday(days: Ints) -> Ints:
    """Monday is 0; days since the epoch (a Thursday)."""
    return (days + 3) % 7


def business_clock(seconds: Ints) -> Ints:
    """Business minutes since the epoch up to a moment."""
    days, second = seconds // DAY, seconds % DAY
    weeks, wday = (days + 3) // 7, weekday(days)
    full = weeks * 5 + np.minimum(wday, 5)
    minute = np.clip(second // 60 - OPENING * 60, 0, _MINUTES)
    return full * _MINUTES + np.where(wday < 5, minute, 0)


def after_business_minutes(seconds: Ints, minutes: Floats) -> Ints:
    """Moment at which so many business minutes have passed."""
    clock = business_clock(seconds) + np.maximum(1, np.rint(minutes)).astype(np.int64)
    days_done, minute = (clock - 1) // _MINUTES, (clock - 1) % _MINUTES + 1
    day = (days_done // 5) * 7 + days_done % 5 - 3
    return day * DAY + OPENING * HOUR + minute * 60 + seconds % 60


def working_moment(rng: np.random.Generator, low: Ints, high: Ints) -> Ints:
    """A moment between two others, most often in working hours of a weekday."""
    n = len(low)
    days = ((low + rng.random(n) * (high - low)) // DAY).astype(np.int64)
    moved = (weekday(days) >= 5) & (rng.random(n) < 0.85)
    days = np.where(moved, days - rng.integers(2, 5, n), days)
    hour = np.clip(rng.normal(13.0, 2.6, n), 0.1, 23.9)
    out = days * DAY + (hour * HOUR).astype(np.int64)
    return np.clip(out, low, np.maximum(low, high - 1))
