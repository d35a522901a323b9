"""One table from the profiles of its files."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from scripts.lib.gate.records import Check, ColumnProfile, Partitions, TableProfile


def merged_profile(profiles: list[TableProfile]) -> TableProfile:
    """The table as a whole; counts are exact, medians are the median of the parts by weight."""
    if len(profiles) == 1:
        return profiles[0]
    first = deepcopy(profiles[0])
    first.file = ", ".join(profile.file for profile in profiles)
    first.sha256 = ""
    first.bytes = sum(profile.bytes for profile in profiles)
    first.rows = sum(profile.rows for profile in profiles)
    first.raw_columns = {
        name: kind for profile in profiles for name, kind in profile.raw_columns.items()
    }
    for key in {key for profile in profiles for key in profile.checks}:
        checks = [profile.checks[key] for profile in profiles if key in profile.checks]
        first.checks[key] = Check(sum(c.bad for c in checks), sum(c.base for c in checks))
    for name in {name for profile in profiles for name in profile.columns}:
        parts = [profile.columns[name] for profile in profiles if name in profile.columns]
        first.columns[name] = _merged_column(parts)
    first.min_event = min(filter(None, (p.min_event for p in profiles)), default=None)
    first.max_event = max(filter(None, (p.max_event for p in profiles)), default=None)
    first.min_loaded = min(filter(None, (p.min_loaded for p in profiles)), default=None)
    first.max_loaded = max(filter(None, (p.max_loaded for p in profiles)), default=None)
    first.lag_rows = sum(profile.lag_rows for profile in profiles)
    first.lag_hours = _weighted_median((p.lag_hours, p.lag_rows) for p in profiles)
    return first


def _merged_column(parts: list[ColumnProfile]) -> ColumnProfile:
    filled = sum(part.filled for part in parts)
    meanings = {name for part in parts for name in part.shares}
    return ColumnProfile(
        raw=parts[0].raw,
        data_type=parts[0].data_type,
        filled=filled,
        low=min((part.low for part in parts if part.low is not None), default=None),
        high=max((part.high for part in parts if part.high is not None), default=None),
        median=_weighted_median((part.median, part.filled) for part in parts),
        recent_median=_weighted_median((part.recent_median, part.recent_filled) for part in parts),
        recent_filled=sum(part.recent_filled for part in parts),
        shares={
            name: sum(part.shares.get(name, 0.0) * part.filled for part in parts) / max(filled, 1)
            for name in meanings
        },
    )


def _weighted_median(values: Iterable[tuple[float | None, int]]) -> float | None:
    known = sorted((value, weight) for value, weight in values if value is not None and weight)
    total = sum(weight for _, weight in known)
    passed = 0
    for value, weight in known:
        passed += weight
        if passed * 2 >= total:
            return value
    return None


def merged_partitions(parts: Iterable[Partitions]) -> Partitions:
    """Rows and hashes of a table by day, over its files."""
    days: Partitions = {}
    for part in parts:
        for day, (rows, total) in part.items():
            before = days.get(day, (0, 0))
            days[day] = (before[0] + rows, (before[1] + total) % 2**64)
    return days
