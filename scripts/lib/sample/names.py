"""Invented company names: plain words, no real company, reserved domains."""

from __future__ import annotations

import numpy as np
import polars as pl

from scripts.lib.sample.frames import Ints, join_text, pick

FIRST = (
    "amber ash aspen bay birch bold brass bright brisk bronze calm cedar clear cobalt copper coral "
    "crisp crystal dawn deep delta dew drift dusk east ember fair fern field first fleet flint "
    "forest fresh frost gentle glen gold grand granite green grove harbor hazel high hollow iron "
    "ivory jade keen lake lark laurel light linden long lunar maple meadow mellow mint mist moss "
    "noble north oak ocean olive onyx opal open orchid pale pearl pine plain prime quartz quick "
    "quiet rapid red ridge river rose"
).split()
SECOND = (
    "anchor arbor arch arrow atlas barn beacon bell bench bloom bluff board bridge brook canyon "
    "cape castle chart cliff cloud coast compass cove crane creek crest crown dale dock dune "
    "falls feather fjord forge fountain garden gate glade harvest haven heath hill horizon "
    "inlet island junction kettle key knoll ladder lagoon landing lantern lattice ledge lens "
    "lever loom marble market marsh mason mast mesa mill mirror oasis orbit orchard paddle "
    "path peak pillar pivot plaza point pond port prairie quarry quill"
).split()
THIRD = (
    "works labs group systems supply partners logic foods energy health capital studio "
    "materials networks freight optics retail trading services tools"
).split()


def companies(rng: np.random.Generator, n: int) -> tuple[pl.Series, pl.Series]:
    """Distinct company names and the domain of each."""
    total = len(FIRST) * len(SECOND) * len(THIRD)
    chosen: Ints = rng.choice(total, size=n, replace=False).astype(np.int64)
    first = pick(FIRST, chosen % len(FIRST))
    second = pick(SECOND, chosen // len(FIRST) % len(SECOND))
    third = pick(THIRD, chosen // len(FIRST) // len(SECOND))
    name = join_text(first.str.to_titlecase(), second, " ", third.str.to_titlecase())
    domain = join_text(first, second, "-", third, ".example")
    return name, domain
