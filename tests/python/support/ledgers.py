"""Ledgers of overrides for tests: entries with sensible values, and random ones."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import polars as pl

from scripts.lib.overrides.rules import Clock, Entry, Rules, read_rules
from support.project_files import ROOT

TODAY = dt.date(2025, 6, 1)
OWN = ("withdrawn_on", "is_rewritten", "file", "row")


def rules() -> Rules:
    """The published rules."""
    return read_rules(ROOT)


def entry(number: int = 1, **changes: Any) -> Entry:
    """An entry that keeps all rules; `created_at` moves the dates along."""
    at = changes.pop("created_at", dt.datetime.combine(TODAY, dt.time(12)))
    plain = Entry(
        override_id=f"ovr_{number}",
        account_id="A1",
        objective_id="overall",
        override_kind="delta",
        amount=-10.0,
        reason_code="known_risk",
        evidence="https://notes.example/1",
        author="ann@vendor.example",
        author_role="csm",
        approver=None,
        approver_role=None,
        created_at=at,
        valid_from=at.date(),
        expires_on=at.date() + dt.timedelta(days=60),
        recorded_at=at + dt.timedelta(minutes=1),
    )
    return replace(plain, **changes)


def random_ledger(rng: random.Random, accounts: list[str], count: int) -> list[Entry]:
    """Entries that break every rule now and then, close enough to be in each other's way."""
    made = []
    for number in range(count):
        at = dt.datetime.combine(TODAY, dt.time(8)) - dt.timedelta(hours=rng.randint(0, 6000))
        starts = at.date() + dt.timedelta(days=rng.choice([-3, 0, 0, 0, 10]))
        approver = rng.choice([None, None, "ann@vendor.example", "bob@vendor.example "])
        made.append(
            Entry(
                override_id=f"ovr_{number if rng.random() < 0.95 else max(0, number - 1)}",
                account_id=rng.choice(accounts) if rng.random() < 0.95 else "nobody",
                objective_id=rng.choice(["overall", "overall", "retention", "fame"]),
                override_kind=rng.choice(["delta", "delta", "cap", "floor", "value", "magic"]),
                amount=float(rng.choice([-30, -20, -5, 5, 20, 21, 40, 60, 80])),
                reason_code=rng.choice(["known_risk", "known_risk", "data_error", "mood"]),
                evidence="https://notes.example/1",
                author=rng.choice(
                    ["ann@vendor.example", "Ann@vendor.example", "cy@vendor.example"]
                ),
                author_role=rng.choice(["csm", "csm", "cs_lead", "cs_director", "guest"]),
                approver=approver,
                approver_role=approver
                and rng.choice(["cs_lead", "cs_director", "sales_director", "csm"]),
                created_at=at,
                valid_from=starts,
                expires_on=starts + dt.timedelta(days=rng.choice([-1, 5, 20, 40, 60, 90])),
                recorded_at=at + dt.timedelta(hours=rng.choice([0, 0, 0, 40])),
            )
        )
    return made


def withdrawals(rng: random.Random, ledger: list[Entry], share: float) -> list[dict[str, Any]]:
    """Words that take some of them back, after a while."""
    found = []
    for made in ledger:
        if rng.random() < share:
            at = made.created_at + dt.timedelta(hours=rng.randint(1, 1500))
            found.append(
                {
                    "override_id": made.override_id, "author": "bob@vendor.example",
                    "author_role": "cs_lead", "withdrawn_at": at, "recorded_at": at,
                }
            )  # fmt: skip
    return found


def as_withdrawn(
    ledger: list[Entry], taken_back: list[dict[str, Any]], clock: Clock
) -> list[Entry]:
    """The ledger with the days on which the withdrawals were known."""
    known: dict[str, dt.date] = {}
    for row in taken_back:
        on = clock.known_on(row["withdrawn_at"], row["recorded_at"])
        known[row["override_id"]] = min(on, known.get(row["override_id"], dt.date.max))
    return [replace(made, withdrawn_on=known.get(made.override_id)) for made in ledger]


def frame(ledger: list[Entry]) -> pl.DataFrame:
    """The entries as a raw table."""
    names = [field.name for field in fields(Entry) if field.name not in OWN]
    rows = [{name: asdict(made)[name] for name in names} for made in ledger]
    return pl.DataFrame(rows, infer_schema_length=None)


def write_ledger(
    raw_dir: Path, ledger: list[Entry], taken_back: list[dict[str, Any]] | None = None
) -> None:
    """Land a ledger as one file for each table."""
    folder = raw_dir / "decisions"
    folder.mkdir(parents=True, exist_ok=True)
    frame(ledger).write_parquet(folder / "overrides.parquet")
    if taken_back:
        pl.DataFrame(taken_back).write_parquet(folder / "override_withdrawals.parquet")
