"""The hidden truth, for tests and tuning; no model may read it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np
import polars as pl

from scripts.lib.sample.config import SEGMENTS, WorldConfig
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import DAY, NEVER, NONE, day, moment, pick
from scripts.lib.sample.latents import shift_month
from scripts.lib.sample.lifecycle import CHURN_NAMES
from scripts.lib.sample.writer import MARKER, ROW_GROUP, check_replaceable, swap


def write(world: World, folder: Path, rows: Mapping[str, int]) -> None:
    """Write accounts, spells, monthly states, the dirt log and the parameters."""
    check_replaceable(folder)
    side = folder.with_name(folder.name + ".partial")
    shutil.rmtree(side, ignore_errors=True)
    side.mkdir(parents=True)
    for name, frame in (
        ("accounts", _accounts(world)),
        ("spells", _spells(world)),
        ("latents", _latents(world)),
        ("twins", _twins(world)),
    ):
        frame.write_parquet(
            side / f"{name}.parquet",
            compression="zstd",
            compression_level=1,
            row_group_size=ROW_GROUP,
        )
    _json(side / "dirt_log.json", world.writer.dirt.report())
    _json(side / "world.json", {**describe(world.config), "rows": dict(rows)})
    _json(side / MARKER, describe(world.config))
    swap(side, folder)


def describe(config: WorldConfig) -> dict[str, object]:
    """Parameters of a world as plain values."""
    out = asdict(config)
    out["end"] = config.end.isoformat()
    out["shift_month"] = shift_month(config) if config.world == "shift" else None
    return out


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n")


def _spells(world: World) -> pl.DataFrame:
    s, a = world.life.spells, world.accounts
    return pl.DataFrame(
        {
            "account_id": pick(a.crm_id, s.account),
            "started_on": day(s.start_at),
            "churned_on": day(s.end_at),
            "churn_type": pick(CHURN_NAMES, s.end_type),
            "decided_on": day(s.decided_at),
            "notice_at": moment(s.notice_at),
            "is_backdated": a.backdated[s.account] & (s.end_type > 0),
            "is_after_end_date": s.end_at >= world.cal.last_event,
        }
    )


def _accounts(world: World) -> pl.DataFrame:
    a, s = world.accounts, world.life.spells
    last = np.full(a.count, -1)
    last[s.account] = np.arange(len(s.account))
    spell = np.maximum(last, 0)
    ended = (last >= 0) & (s.end_at[spell] < world.cal.last_event)
    decided = (last >= 0) & (s.decided_at[spell] < world.cal.last_event)
    return pl.DataFrame(
        {
            "account_id": a.crm_id[: a.count],
            "kind": pick(["customer", "trial", "test"], a.kind),
            "segment": pick(SEGMENTS, a.segment),
            "churn_type": pick(CHURN_NAMES, np.where(ended, s.end_type[spell], 0)),
            "decision_date": day(np.where(decided, s.decided_at[spell], NONE)),
            "churn_date": day(np.where(ended, s.end_at[spell], NONE)),
            "has_left_and_returned": np.bincount(s.account, minlength=a.count) > 1,
            "is_telemetry_never": a.no_telemetry,
            "is_relationship_unknown": a.no_relationship,
            "is_pulse_missing": a.no_pulse,
            "is_seats_null": a.null_seats,
            "is_backdated": a.backdated,
            "has_twin": np.isin(np.arange(a.count), a.twin_of),
            "merged_into": pick(
                a.crm_id, np.where(a.merged_at < world.cal.last_event, a.merged_into, -1)
            ),
            "merged_on": day(np.where(a.merged_into >= 0, a.merged_at, NEVER)),
        }
    )


def _twins(world: World) -> pl.DataFrame:
    a = world.accounts
    number = a.count + np.arange(len(a.twin_of))
    return pl.DataFrame(
        {
            "twin_account_id": pick(a.crm_id, number),
            "account_id": pick(a.crm_id, a.twin_of),
            "merged_on": day(a.twin_merged_at),
        }
    )


def _latents(world: World) -> pl.DataFrame:
    states = world.latents.window()
    n, months = states.shape[1:]
    ends = world.cal.month_start(np.arange(1, months + 1)) - DAY
    return pl.DataFrame(
        {
            "account_id": pick(world.accounts.crm_id, np.repeat(np.arange(n), months)),
            "month_end": day(np.tile(ends, n)),
            "adoption": states[0].ravel(),
            "service": states[1].ravel(),
            "relationship": states[2].ravel(),
            "finance": states[3].ravel(),
            "p_churn": world.life.probability.ravel(),
            "is_active": world.life.active.ravel(),
        }
    )
