"""Small vectorised helpers between NumPy arrays and Polars columns."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DAY = 86_400
HOUR = 3_600
NEVER = np.int64(2**60)  # an end that lies beyond every clock
NONE = np.int64(-(2**60))  # an absent moment

_ALPHABET = np.frombuffer(
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", dtype=np.uint8
)
_CHECK = np.frombuffer(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", dtype=np.uint8)


class Streams:
    """Named random streams of one seed: a new table never moves another table's numbers."""

    def __init__(self, seed: int) -> None:
        """Keep the seed; streams are made on demand."""
        self.seed = seed

    def get(self, name: str, *numbers: int) -> np.random.Generator:
        """Return the generator of a name, always in the same starting state."""
        key = (zlib.crc32(name.encode()), *numbers)
        return np.random.Generator(
            np.random.PCG64(np.random.SeedSequence(self.seed, spawn_key=key))
        )


def sigmoid(x: Floats) -> Floats:
    """Logistic function."""
    out: Floats = 1.0 / (1.0 + np.exp(-x))
    return out


def moment(seconds: Ints) -> pl.Series:
    """Epoch seconds to timestamps; absent and never become null."""
    good = (seconds > NONE) & (seconds < NEVER)
    values = pl.Series(np.where(good, seconds, 0) * 1_000_000)
    return _null_where(values, ~good).cast(pl.Datetime("us"))


def day(seconds: Ints) -> pl.Series:
    """Epoch seconds to dates; absent and never become null."""
    good = (seconds > NONE) & (seconds < NEVER)
    values = pl.Series((np.where(good, seconds, 0) // DAY).astype(np.int32))
    return _null_where(values, ~good).cast(pl.Date)


def _null_where(values: pl.Series, is_null: Bools) -> pl.Series:
    if not is_null.any():
        return values
    return pl.select(pl.when(~pl.Series(is_null)).then(values)).to_series()


def null_where(values: pl.Series | npt.NDArray[np.generic], is_null: Bools) -> pl.Series:
    """Blank the marked rows."""
    return _null_where(values if isinstance(values, pl.Series) else pl.Series(values), is_null)


def pick(pool: Sequence[str] | pl.Series, index: npt.NDArray[np.integer]) -> pl.Series:
    """Look up rows of a pool; a negative index gives null."""
    series = pool if isinstance(pool, pl.Series) else pl.Series(pool, dtype=pl.String)
    if len(index) == 0:
        return series.clear()
    absent = index < 0
    taken = series.gather(np.where(absent, 0, index).astype(np.uint32))
    return _null_where(taken, absent)


def join_text(*parts: pl.Series | str) -> pl.Series:
    """Concatenate columns and constants row by row."""
    if any(isinstance(part, pl.Series) and len(part) == 0 for part in parts):
        return pl.Series([], dtype=pl.String)
    columns = [pl.lit(p if isinstance(p, str) else p.cast(pl.String)) for p in parts]
    return pl.select(pl.concat_str(columns)).to_series()


def numbered(prefix: str, numbers: Ints) -> pl.Series:
    """Prefix and number as text."""
    if len(numbers) == 0:
        return pl.Series([], dtype=pl.String)
    return join_text(prefix, pl.Series(numbers))


def _digits(numbers: Ints, width: int, base: int, stride: int) -> npt.NDArray[np.uint8]:
    """Scramble numbers one to one and write them in the alphabet."""
    value = (numbers * stride) % (base**width)
    out = np.empty((len(numbers), width), dtype=np.uint8)
    for place in range(width - 1, -1, -1):
        out[:, place] = _ALPHABET[value % base]
        value //= base
    return out


def coded(prefix: str, numbers: Ints, width: int = 8, filler: str = "") -> pl.Series:
    """Ids such as cus_..., scrambled so that they look like the real system's."""
    digits = _digits(numbers.astype(np.int64), width, 62, 7_368_787)
    head = np.frombuffer((prefix + filler).encode(), dtype=np.uint8)
    return _as_text(np.hstack([np.broadcast_to(head, (len(numbers), len(head))), digits]))


def salesforce_ids(prefix: str, numbers: Ints) -> pl.Series:
    """18-character ids with the case checksum in the last three."""
    digits = _digits(numbers.astype(np.int64), 5, 62, 7_368_787)
    head = np.frombuffer((prefix + "Hs00000").encode(), dtype=np.uint8)
    body = np.hstack([np.broadcast_to(head, (len(numbers), len(head))), digits])
    upper = (body >= ord("A")) & (body <= ord("Z"))
    weights = np.array([1, 2, 4, 8, 16])
    blocks = upper.reshape(len(numbers), 3, 5).astype(np.int64)
    check = _CHECK[(blocks * weights).sum(axis=2)]
    return _as_text(np.hstack([body, check]))


def _as_text(characters: npt.NDArray[np.uint8]) -> pl.Series:
    if len(characters) == 0:
        return pl.Series([], dtype=pl.String)
    flat = np.ascontiguousarray(characters)
    return pl.Series(flat.view(f"S{flat.shape[1]}").ravel()).cast(pl.String)


def categorical(rng: np.random.Generator, probabilities: npt.ArrayLike, n: int) -> Ints:
    """Draw categories with fixed probabilities."""
    edges = np.cumsum(np.asarray(probabilities, dtype=np.float64))
    return np.searchsorted(edges / edges[-1], rng.random(n), side="right").astype(np.int64)


def categorical_by(rng: np.random.Generator, table: npt.ArrayLike, rows: Ints) -> Ints:
    """Draw categories with the probabilities of each row's group."""
    edges = np.cumsum(np.asarray(table, dtype=np.float64), axis=1)
    edges = edges / edges[:, -1:]
    out: Ints = (rng.random(len(rows))[:, None] >= edges[rows]).sum(axis=1).astype(np.int64)
    return out


def expand(counts: npt.NDArray[np.integer]) -> tuple[Ints, Ints]:
    """Account and month of every event, from an account x month table of counts."""
    flat = np.repeat(np.arange(counts.size), counts.ravel())
    return flat // counts.shape[1], flat % counts.shape[1]


def within(groups: Ints) -> Ints:
    """Running number inside runs of equal neighbours."""
    if len(groups) == 0:
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]])
    lengths = np.diff(np.r_[starts, len(groups)])
    out: Ints = np.arange(len(groups)) - np.repeat(starts, lengths)
    return out
