"""The last look at a finished build before readers see it: does it resemble what they have?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import duckdb

from scripts.lib.refresh.configuration import AuditLimits

SPINE = ("core", "fct_account_spine")
SCORES = ("scoring", "fct_account_health_scores")
OVERALL = "overall"


@dataclass(frozen=True)
class Figures:
    """What a version says at its current date."""

    as_of_date: dt.date | None
    accounts: int
    eligible: int
    scored: int
    mean_score: float | None

    @property
    def unscored_share(self) -> float:
        """The share of eligible accounts without a published score."""
        return 1 - self.scored / self.eligible if self.eligible else 0.0


def read_figures(database: Path) -> Figures | None:
    """The figures of a build or a version; nothing when it holds no scores."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = set(
            connection.execute(
                "select schema_name, table_name from duckdb_tables() where not internal"
            ).fetchall()
        )
        if not {SPINE, SCORES} <= tables:
            return None
        row = connection.execute(
            "select max(as_of_date), count(*),"
            " count(*) filter (where is_eligible),"
            " count(health_score) filter (where is_eligible),"
            " avg(health_score) filter (where is_eligible)"
            " from scoring.fct_account_health_scores where is_current and objective_id = ?",
            [OVERALL],
        ).fetchone()
    assert row is not None
    return Figures(*row)


def audit(
    new: Figures | None, published: Figures | None, as_of: dt.date, limits: AuditLimits
) -> list[str]:
    """Every reason to keep the version before; empty when the build may be published."""
    if new is None:
        return []
    reasons = []
    if new.as_of_date != as_of:
        reasons.append(f"The build is of {new.as_of_date or 'no date'} and not of {as_of}.")
    if not new.accounts:
        reasons.append("The build has no account at its current date.")
    if published is None or not published.accounts:
        return reasons
    loss = 1 - new.accounts / published.accounts
    if loss > limits.largest_account_loss:
        reasons.append(
            f"{new.accounts:,} accounts, where readers have {published.accounts:,}: a loss of"
            f" {loss:.0%}, more than audit.largest_account_loss."
        )
    rise = new.unscored_share - published.unscored_share
    if rise > limits.largest_unscored_rise:
        reasons.append(
            f"{new.unscored_share:.0%} of the eligible accounts have no score, where readers have"
            f" {published.unscored_share:.0%}: more than audit.largest_unscored_rise."
        )
    if new.mean_score is not None and published.mean_score is not None:
        shift = abs(new.mean_score - published.mean_score)
        if shift > limits.largest_score_shift:
            reasons.append(
                f"The mean overall score is {new.mean_score:.1f}, where readers have"
                f" {published.mean_score:.1f}: more than audit.largest_score_shift."
            )
    return reasons
