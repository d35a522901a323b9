"""The ledger of overrides: valid ones of every kind, some that break a rule, some taken back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from scripts.lib.sample.accounts import CUSTOMER
from scripts.lib.sample.context import World
from scripts.lib.sample.frames import DAY, HOUR, Ints, coded, day, moment, null_where, pick

LEAD, DIRECTOR, SALES = "lead@vendor.example", "director@vendor.example", "sales@vendor.example"
APPROVERS = {LEAD: "cs_lead", DIRECTOR: "cs_director", SALES: "sales_director", "": ""}
NOBODY = -1  # an account that does not exist
UNKNOWN_ACCOUNT = "001Hs00000NOBODYAA"


@dataclass(frozen=True)
class Entry:
    """A line that somebody writes; days count from the writing."""

    objective: str
    kind: str
    amount: float
    reason: str
    approver: str = ""
    lasts: int = 60
    role: str = "csm"
    breaks: str = ""  # the rule that the line breaks on purpose
    withdrawn_after: int = 0


SOUND = (
    Entry("overall", "delta", -12, "known_risk"),
    Entry("overall", "cap", 45, "announced_change", lasts=75),
    Entry("retention", "delta", 8, "recovery_agreed", LEAD),
    Entry("overall", "floor", 50, "data_error", DIRECTOR, lasts=45),
    Entry("retention", "value", 30, "strategic_review", SALES, role="cs_director"),
    Entry("growth", "delta", 25, "announced_change", DIRECTOR),
    Entry("overall", "delta", 6, "one_off_event", LEAD, lasts=80, withdrawn_after=12),
)
BROKEN = (
    Entry("overall", "delta", 35, "recovery_agreed", LEAD, breaks="needs_director"),
    Entry("retention", "delta", -5, "known_risk", lasts=150, breaks="lasts_too_long"),
    Entry("overall", "delta", -5, "gut_feeling", breaks="unknown_reason"),
    Entry("overall", "cap", -10, "known_risk", breaks="amount_out_of_range"),
    Entry("overall", "delta", -4, "known_risk", role="intern", breaks="unknown_role"),
    Entry("growth", "delta", -4, "known_risk", breaks="unknown_account"),
)
# Written on the account of the first sound line: it is there twice, and its id again.
REPEATED = Entry("overall", "cap", 70, "strategic_review", breaks="another_stands")


def write(world: World) -> None:
    """Write the ledger and its withdrawals: some lines of the last weeks, others long ago."""
    rng = world.streams.get("decisions.overrides")
    count = world.config.accounts
    now = world.cal.last_event
    lines: list[tuple[Entry, int, int]] = []
    for entries, rounds, newest, oldest in (
        (SOUND, 1 + count // 400, 5, 40),
        (BROKEN, 1, 5, 40),
        (SOUND, 2 + count // 250, 45, 700),
    ):
        # At even distances: on most days of the last two years somebody has overridden something.
        n = rounds * len(entries)
        written = now - (newest + (oldest - newest) * (np.arange(n) + rng.random(n)) / n) * DAY
        for number, at in enumerate(written.astype(np.int64) // DAY * DAY + 15 * HOUR):
            account = _customer(world, rng, int(at), [line[1] for line in lines])
            if account is not None:
                entry = entries[number % len(entries)]
                lines.append((entry, account, int(at)))
    if lines:
        first = next(line for line in lines if line[0] is SOUND[0])
        lines.append((REPEATED, first[1], first[2] + DAY))
    _put(world, rng, sorted(lines, key=lambda line: line[2]))


def _customer(world: World, rng: np.random.Generator, at: int, taken: list[int]) -> int | None:
    """A customer under contract on that day, of whom the ledger says nothing yet."""
    month = int(world.cal.month_of(np.array([at]))[0])
    if month < 0:
        return None
    good = world.life.active[:, month] & (world.accounts.kind == CUSTOMER)
    good[np.array(taken, dtype=np.int64)] = False
    found = np.flatnonzero(good)
    return int(rng.choice(found)) if len(found) else None


def _put(world: World, rng: np.random.Generator, lines: list[tuple[Entry, int, int]]) -> None:
    n = len(lines)
    entries = [entry for entry, _, _ in lines]
    account = np.array([place for _, place, _ in lines], dtype=np.int64)
    at: Ints = np.array([second for _, _, second in lines], dtype=np.int64)
    ids = coded("ovr_", np.arange(n) + 10, 6)
    unknown = np.array([entry.breaks == "unknown_account" for entry in entries])
    keys = pick(world.accounts.crm_id, account)
    approvers = pl.Series([entry.approver for entry in entries], dtype=pl.String)
    roles = pl.Series([APPROVERS[entry.approver] for entry in entries], dtype=pl.String)
    alone = np.array([not entry.approver for entry in entries])
    begins = at // DAY * DAY
    lasts = np.array([entry.lasts for entry in entries], dtype=np.int64)
    owners = world.accounts.owner[account] + 1
    world.writer.put(
        "decisions",
        "overrides",
        {
            "override_id": ids,
            "account_id": pl.select(
                pl.when(pl.Series(unknown)).then(pl.lit(UNKNOWN_ACCOUNT)).otherwise(keys)
            ).to_series(),
            "objective_id": pl.Series([entry.objective for entry in entries]),
            "override_kind": pl.Series([entry.kind for entry in entries]),
            "amount": np.array([entry.amount for entry in entries], dtype=np.float64),
            "reason_code": pl.Series([entry.reason for entry in entries]),
            "evidence": pl.Series(
                [f"https://crm.vendor.example/notes/{i + 501}" for i in range(n)]
            ),
            "author": pl.Series([f"owner{number:03}@vendor.example" for number in owners]),
            "author_role": pl.Series([entry.role for entry in entries]),
            "approver": null_where(approvers, alone),
            "approver_role": null_where(roles, alone),
            "created_at": moment(at),
            "valid_from": day(begins),
            "expires_on": day(begins + lasts * DAY),
            "recorded_at": moment(at + 60),
        },
        rng,
    )
    after = np.array([entry.withdrawn_after for entry in entries], dtype=np.int64)
    gone = np.flatnonzero((after > 0) & (at + after * DAY < world.cal.last_event))
    back = at[gone] + after[gone] * DAY
    world.writer.put(
        "decisions",
        "override_withdrawals",
        {
            "override_id": pick(ids, gone),
            "author": pl.Series([LEAD] * len(gone), dtype=pl.String),
            "author_role": pl.Series(["cs_lead"] * len(gone), dtype=pl.String),
            "withdrawn_at": moment(back),
            "recorded_at": moment(back + 60),
        },
        rng,
    )
