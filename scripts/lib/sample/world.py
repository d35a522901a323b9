"""One run: simulate the hidden world, then let every system write what it saw."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scripts.lib.sample import (
    accounts,
    billing,
    contacts,
    contracts,
    crm,
    decisions,
    engagement,
    latents,
    lifecycle,
    market,
    marketing,
    pipeline,
    product,
    support,
    surveys,
    truth,
)
from scripts.lib.sample.calendar import Calendar
from scripts.lib.sample.config import FileFormat, WorldConfig
from scripts.lib.sample.context import World, contact_emails
from scripts.lib.sample.dirt import Dirt
from scripts.lib.sample.frames import Streams
from scripts.lib.sample.writer import RawWriter

STEPS = (
    "hidden states",
    "customers",
    "contracts",
    "billing",
    "support",
    "surveys",
    "engagement",
    "marketing",
    "market",
    "decisions",
    "product events",
    "truth",
)


def generate(
    config: WorldConfig,
    raw_dir: Path,
    truth_dir: Path,
    file_format: FileFormat = "parquet",
    progress: Callable[[str], None] = lambda step: None,
) -> dict[str, int]:
    """Write a whole world and return the rows of each table."""
    cal = Calendar(config.end, config.months)
    writer = RawWriter(raw_dir, file_format, Dirt(config.dirt, cal.last_load))
    progress(STEPS[0])
    world = simulate(config, cal, writer)
    progress(STEPS[1])
    crm.write(world)
    progress(STEPS[2])
    subs = contracts.build(world)
    contracts.write(world, subs)
    pipeline.write(world, subs)
    progress(STEPS[3])
    billing.write(world, subs)
    progress(STEPS[4])
    support.write(world)
    progress(STEPS[5])
    surveys.write(world)
    progress(STEPS[6])
    engagement.write(world, contacts.write(world))
    progress(STEPS[7])
    marketing.write(world)
    progress(STEPS[8])
    market.write(world)
    progress(STEPS[9])
    decisions.write(world)
    progress(STEPS[10])
    product.write(world)
    progress(STEPS[11])
    truth.write(world, truth_dir, writer.rows)
    writer.finish({**truth.describe(config), "format": file_format})
    return dict(sorted(writer.rows.items()))


def simulate(config: WorldConfig, cal: Calendar, writer: RawWriter) -> World:
    """The hidden part: accounts, states, signals and contract lives."""
    streams = Streams(config.seed)
    static = accounts.build(config, cal, streams)
    hidden = latents.simulate(config, streams, static.segment, static.industry)
    signals = latents.drivers(config, streams, hidden)
    life = lifecycle.simulate(config, cal, streams, static, hidden, signals["revenue"])
    return World(
        config=config,
        cal=cal,
        streams=streams,
        accounts=static,
        latents=hidden,
        signals=signals,
        life=life,
        season=accounts.season(config, static.industry),
        contact_email=contact_emails(static),
        writer=writer,
    )
