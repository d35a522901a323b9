"""A hand-made build of a few accounts, whose numbers add up, for fast tests of the readers."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from scripts.lib.oracle.bridge import CAUSES, State, metric_change
from support.tiny_money import add_money

AS_OF = dt.date(2025, 12, 31)
START = dt.date(2025, 1, 1)
DATES = [AS_OF - dt.timedelta(days=days) for days in (84, 56, 28, 14, 0)]
BASE, GAIN = 60.0, 2.0
OBJECTIVES = ("overall", "retention")
DIMENSIONS = {"usage": ("Usage and adoption", 1, 0.6), "support": ("Support experience", 2, 0.4)}
# metric, name, unit, dimension, weight within the dimension, typical score
METRICS = (
    ("U01", "Licence utilisation", "ratio", "usage", 0.5, 60.0),
    ("U07", "Days since human activity", "days", "usage", 0.5, 70.0),
    ("S02", "First response against target", "ratio", "support", 0.25, 65.0),
    ("S04", "Open backlog", "severity days", "support", 0.75, 80.0),
)
# account, name, arr, slope of the score, quality of each metric, gate cap, ineligible reason
ACCOUNTS = (
    ("A1", "Amber Works", 120_000.0, 4.0, (1.0, 1.0, 1.0, 1.0), None, None),
    ("A2", "Birch Foods", 90_000.0, -6.0, (1.0, 1.0, 0.5, 1.0), None, None),
    ("A3", "Cedar Labs", 300_000.0, -14.0, (1.0, 1.0, 0.5, 0.0), 45.0, None),
    ("A4", "Cedar Systems", 60_000.0, 0.0, (0.0, 0.0, 0.2, 0.0), None, None),
    ("A5", "Dune [Health]", 10_000.0, 1.0, (1.0, 1.0, 1.0, 1.0), None, "too_new"),
)
# One human word: five points less for the account that nobody counts yet.
OVERRIDE, OVERRIDE_POINTS, OVERRIDDEN = "ovr_1", -5.0, ("A5", AS_OF, "overall")
# Who decided to leave in the days before the scoring date, and how far ahead a score looks.
LOST_ON, HORIZON_DAYS = AS_OF - dt.timedelta(days=7), 28
THRESHOLDS = ((70.0, "healthy", 3), (55.0, "watch", 2), (35.0, "at_risk", 1), (0.0, "critical", 0))


def make_tiny_warehouse(path: Path) -> Path:
    """Write the database file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        for schema in ("core", "metrics", "scoring", "seeds"):
            connection.execute(f"create schema {schema}")
        _accounts(connection)
        _seeds(connection)
        _cards(connection)
        _scores(connection)
        _overrides(connection)
        add_money(connection, AS_OF)
    return path


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: str,
    rows: Iterable[Sequence[object]],
) -> None:
    connection.execute(f"create table {table} ({columns})")
    marks = ", ".join("?" for _ in columns.split(","))
    found = [list(row) for row in rows]
    if found:
        connection.executemany(f"insert into {table} values ({marks})", found)


def _accounts(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(
        connection,
        "core.dim_accounts",
        "account_id varchar, account_name varchar",
        [(row[0], row[1]) for row in ACCOUNTS],
    )
    _insert(
        connection,
        "core.fct_account_spine",
        "account_id varchar, as_of_date date, segment varchar, industry varchar, plan_tier varchar,"
        " lifecycle_stage varchar, tenure_days integer, seats integer, arr double,"
        " contract_type varchar, renewal_on date, days_to_renewal integer, has_notice boolean,"
        " owner_id varchar",
        [
            (account, date, "smb", "retail", "starter", "mature", 400, 20, arr, "annual_auto",
             AS_OF + dt.timedelta(days=90), 90, False, "owner")
            for account, _, arr, *_ in ACCOUNTS
            for date in DATES
        ],
    )  # fmt: skip
    _insert(
        connection,
        "core.dim_industry_factors",
        "industry_factor_id varchar, industry varchar, factor_type varchar, effect_points double,"
        " author_role varchar, evidence varchar, valid_from date, valid_to date, review_by date,"
        " expires_on date, known_on date",
        [
            ("f1", "retail", "competition", -4.0, "Analyst", "Interviews", START, None,
             AS_OF + dt.timedelta(days=30), AS_OF + dt.timedelta(days=31), START),
            ("f2", "retail", "market_trend", 2.0, "Analyst", "Statistics", START, None,
             AS_OF - dt.timedelta(days=1), AS_OF, START),
            ("f3", "retail", "regulation", -5.0, "Analyst", "Rule", START, AS_OF, None, AS_OF,
             START),
            ("f4", "retail", "regulation", -5.0, "Analyst", "Rule", START, None, None, None,
             AS_OF + dt.timedelta(days=1)),
            ("f5", "energy", "regulation", -5.0, "Analyst", "Rule", START, None, None, None, START),
        ],
    )  # fmt: skip
    _insert(
        connection,
        "core.fct_account_active_periods",
        "account_id varchar, decision_at date, churn_date date, churn_type varchar",
        [
            ("A1", None, None, None),
            ("A2", LOST_ON, LOST_ON + dt.timedelta(days=30), "voluntary"),
            ("A3", LOST_ON, LOST_ON + dt.timedelta(days=30), "acausal"),
        ],
    )


def _seeds(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(
        connection,
        "seeds.dimensions",
        "dimension_id varchar, dimension_name varchar, reading_order integer",
        [(key, name, order) for key, (name, order, _) in DIMENSIONS.items()],
    )
    _insert(
        connection,
        "seeds.metrics",
        "metric_id varchar, metric_name varchar, unit varchar",
        [row[:3] for row in METRICS],
    )
    _insert(
        connection,
        "seeds.gates",
        "score_version varchar, gate_id varchar, gate_name varchar",
        [
            ("v1", "G2a", "Payment late"),
            ("v1", "G8", "Executive escalation"),
            ("v2", "G2a", "A name that nobody has agreed to"),
        ],
    )
    _insert(
        connection,
        "seeds.score_versions",
        "score_version varchar, baseline_version varchar, is_published boolean",
        [("v1", "v1", True)],
    )
    _insert(
        connection,
        "seeds.bands",
        "score_version varchar, band varchar, band_rank integer, needs_attention boolean",
        [("v1", band, rank, rank < 2) for _, band, rank in THRESHOLDS],
    )
    _insert(
        connection,
        "seeds.objectives",
        "objective_id varchar, horizon_days integer",
        [(objective, HORIZON_DAYS) for objective in OBJECTIVES],
    )


def _cards(connection: duckdb.DuckDBPyConnection) -> None:
    _insert(
        connection,
        "metrics.fct_account_scorecards",
        "account_id varchar, as_of_date date, score_version varchar, card_id varchar,"
        " card_reason varchar",
        [
            (account, date, "v1", "retail", "industry retail: the narrowest of 2 cards that fit")
            for account, *_ in ACCOUNTS
            for date in DATES
        ],
    )
    _insert(
        connection,
        "seeds.cards",
        "score_version varchar, card_id varchar, card_name varchar",
        [("v1", "retail", "Retail"), ("v0", "retail", "Shops")],
    )
    _insert(
        connection,
        "seeds.model_versions",
        "score_version varchar, owner_role varchar, review_by date",
        [("v1", "Head of Revenue Operations", AS_OF)],
    )


def _overrides(connection: duckdb.DuckDBPyConnection) -> None:
    account, date, objective = OVERRIDDEN
    shared = ("delta", OVERRIDE_POINTS, "known_risk", "https://notes.example/1", "csm", None)
    days = (date - dt.timedelta(days=7), date + dt.timedelta(days=7))
    _insert(
        connection,
        "scoring.fct_account_overrides",
        "account_id varchar, as_of_date date, objective_id varchar, override_id varchar,"
        " override_kind varchar, amount double, reason_code varchar, evidence varchar,"
        " author_role varchar, approver_role varchar, starts_on date, expires_on date",
        [(account, date, objective, OVERRIDE, *shared, *days)],
    )
    _insert(
        connection,
        "scoring.fct_override_verdicts",
        "override_id varchar, entry_number integer, fault_id varchar, override_status varchar",
        [(OVERRIDE, 1, None, "active")],
    )
    _insert(
        connection,
        "seeds.override_reasons",
        "reason_code varchar, reason_name varchar",
        [("known_risk", "Known risk")],
    )


def _scores(connection: duckdb.DuckDBPyConnection) -> None:
    scores, gates, contributions, values, dimensions, drivers = [], [], [], [], [], []
    for account, _, _, slope, qualities, cap, reason in ACCOUNTS:
        for step, date in enumerate(DATES):
            level = 75.0 + slope * step
            worst: tuple[float, str] = (0.0, "")
            coverage = total = unknown = 0.0
            lost_shares: list[float] = []
            by_dimension: dict[str, list[tuple[float, float, float, float]]] = {}
            for (metric, name, _, dimension, weight, typical), quality in zip(
                METRICS, qualities, strict=True
            ):
                omega = weight * DIMENSIONS[dimension][2]
                points = GAIN * omega * quality * (level - typical)
                lost_shares.append(omega * (100 - quality * level - (1 - quality) * typical))
                total += points
                coverage += omega * quality
                unknown += omega * (1 - quality)
                worst = min(worst, (points, name))
                status = "observed" if quality else "never_observed"
                score = level if quality else None
                values.append((account, date, dimension, metric, score and score / 100, status,
                               quality, 5.0, date, score, typical))  # fmt: skip
                by_dimension.setdefault(dimension, []).append((weight, quality, level, typical))
                for objective in OBJECTIVES:
                    contributions.append(
                        [account, date, objective, dimension, metric, omega, points]
                    )
            for dimension, parts in by_dimension.items():
                effective = sum(w * (q * s + (1 - q) * t) for w, q, s, t in parts)
                dimensions.append((account, date, dimension, effective,
                                   sum(w * t for w, _, _, t in parts),
                                   sum(w * q for w, q, _, _ in parts), len(parts),
                                   sum(q > 0 for _, q, _, _ in parts)))  # fmt: skip
            model = BASE + total
            clamp = min(max(model, 0.0), 100.0) - model
            gate = min(0.0, cap - model - clamp) if cap is not None else 0.0
            final = model + clamp + gate
            for row in contributions[-len(METRICS) * len(OBJECTIVES) :]:
                place = next(i for i, found in enumerate(METRICS) if found[0] == row[4])
                row.append((100 - model - clamp) * lost_shares[place] / sum(lost_shares))
            band, rank = next((name, rank) for low, name, rank in THRESHOLDS if final >= low)
            is_known = coverage >= 0.5
            for objective in OBJECTIVES:
                override = OVERRIDE if (account, date, objective) == OVERRIDDEN else None
                points = OVERRIDE_POINTS if override else 0.0
                scores.append((
                    account, date, objective, date == AS_OF, reason is None, reason, BASE, GAIN,
                    model, clamp, gate, points, final + points if is_known else None,
                    max(0.0, final - 60 * unknown), min(100.0, final + 60 * unknown), coverage,
                    "high" if coverage >= 0.8 else "medium" if is_known else "insufficient",
                    "G2a" if gate else None, band if is_known else "insufficient_data",
                    rank if is_known else None, final, override,
                    "review_overdue" if date == AS_OF else "in_force", "retail",
                ))  # fmt: skip
                if cap is not None:
                    gates.append((account, date, objective, "G2a", cap, 71.0,
                                  "71 days past due", bool(gate)))  # fmt: skip
            if date == AS_OF and worst[1]:
                drivers.append((account, "overall", "negative", 1, worst[1]))
    _insert(
        connection,
        "scoring.fct_account_health_scores",
        "account_id varchar, as_of_date date, objective_id varchar, is_current boolean,"
        " is_eligible boolean, ineligible_reason varchar, base_score double, gain double,"
        " model_score double, clamp_points double, gate_points double, override_points double,"
        " health_score double, low_score double, high_score double, coverage double,"
        " confidence varchar, binding_gate_id varchar, band varchar, band_rank integer,"
        " gated_score double, override_id varchar, version_status varchar, card_id varchar",
        scores,
    )
    _changes(connection, scores)
    _insert(
        connection,
        "scoring.fct_account_gates",
        "account_id varchar, as_of_date date, objective_id varchar, gate_id varchar,"
        " gate_cap double, signal_value double, evidence varchar, is_binding boolean",
        gates,
    )
    _insert(
        connection,
        "scoring.fct_account_health_contributions",
        "account_id varchar, as_of_date date, objective_id varchar, dimension_id varchar,"
        " metric_id varchar, metric_weight double, contribution_points double,"
        " lost_points double",
        contributions,
    )
    _insert(
        connection,
        "scoring.fct_account_dimension_scores",
        "account_id varchar, as_of_date date, dimension_id varchar, dimension_score double,"
        " typical_score double, coverage double, metric_count integer,"
        " observed_metric_count integer",
        dimensions,
    )
    _insert(
        connection,
        "metrics.fct_account_metric_scores",
        "account_id varchar, as_of_date date, dimension_id varchar, metric_id varchar,"
        " metric_value double, input_status varchar, quality double, sample_size double,"
        " last_data_on date, metric_score double, typical_score double",
        values,
    )
    _insert(
        connection,
        "scoring.rpt_account_drivers",
        "account_id varchar, objective_id varchar, driver_kind varchar, driver_rank integer,"
        " metric_name varchar",
        drivers,
    )


def _changes(connection: duckdb.DuckDBPyConnection, scores: list[tuple[object, ...]]) -> None:
    """Every pair of dates, by the oracle: levels move, all else stays."""
    found = {(row[0], row[1], row[2]): row for row in scores}
    by_metric, by_score = [], []
    for account, _, _, slope, qualities, *_ in ACCOUNTS:
        for (first, since), (second, until) in itertools.combinations(enumerate(DATES), 2):
            total = dict.fromkeys(CAUSES, 0.0)
            for (metric, _, _, dimension, weight, typical), quality in zip(
                METRICS, qualities, strict=True
            ):
                levels = [75.0 + slope * step if quality else None for step in (first, second)]
                states = [
                    State(weight * DIMENSIONS[dimension][2], quality, typical, level)
                    for level in levels
                ]
                points = metric_change(states[0], states[1], GAIN, *levels)
                total = {cause: total[cause] + points[cause] for cause in CAUSES}
                status = "observed" if quality else "never_observed"
                for objective in OBJECTIVES:
                    by_metric.append((
                        account, since, until, second - first, objective, dimension, metric,
                        *(level and level / 100 for level in levels), status, status,
                        quality, quality, states[0].weight, states[1].weight,
                        *points.values(), 0.0, sum(points.values()),
                    ))  # fmt: skip
            for objective in OBJECTIVES:
                before, after = (found[account, date, objective] for date in (since, until))
                full = [sum(map(float, map(str, row[8:12]))) for row in (before, after)]
                beside = [float(str(after[i])) - float(str(before[i])) for i in (9, 10, 11)]
                by_score.append((
                    account, since, until, second - first, objective, before[12], after[12],
                    before[18], after[18], *full, full[1] - full[0], *total.values(), 0.0, 0.0,
                    *beside, f"{total['metric']:+.1f} because things changed",
                ))  # fmt: skip
    terms = ", ".join(f"{cause}_points double" for cause in (*CAUSES, "card"))
    keys = "account_id varchar, since_date date, as_of_date date, periods_apart integer,"
    _insert(
        connection,
        "scoring.fct_account_metric_changes",
        f"{keys} objective_id varchar, dimension_id varchar, metric_id varchar,"
        " since_metric_value double, metric_value double, since_input_status varchar,"
        " input_status varchar, since_quality double, quality double, since_metric_weight double,"
        f" metric_weight double, {terms}, change_points double",
        by_metric,
    )
    _insert(
        connection,
        "scoring.fct_account_score_changes",
        f"{keys} objective_id varchar, since_health_score double, health_score double,"
        " since_band varchar, band varchar, since_full_score double, full_score double,"
        f" change_points double, {terms}, scaling_points double, clamp_points double,"
        " gate_points double, override_points double, change_text varchar",
        by_score,
    )
