"""One account's score, taken apart until every point has a name."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.lib.console import HealthError
from scripts.lib.reports.accounts import find_account
from scripts.lib.reports.actions import account_actions
from scripts.lib.reports.judgements import account_judgements
from scripts.lib.reports.money import account_money, account_parents
from scripts.lib.reports.portfolio import check_objective, gate_names
from scripts.lib.warehouse import Row, Warehouse

TOLERANCE = 1e-6


def explain_account(
    warehouse: Warehouse, text: str, objective: str, as_of: dt.date | None
) -> dict[str, Any]:
    """Everything that `health explain` shows, ready for JSON."""
    check_objective(warehouse, objective)
    account = find_account(warehouse, text)
    score = explained_score(warehouse, account, objective, as_of)
    key = [account["account_id"], score["as_of_date"]]
    contributions = _contributions(warehouse, key, objective)
    unknown = sorted(
        (row for row in contributions if row["unknown_weight"] > 0),
        key=lambda row: -row["unknown_weight"],
    )
    return {
        "account": {**account, **_context(warehouse, key)},
        "objective": objective,
        "as_of_date": score["as_of_date"],
        "score": score,
        "card": _card(warehouse, key, score),
        "sum": _sum_line(score, contributions),
        "lost": _lost(score, contributions),
        "dimensions": _dimensions(warehouse, key, contributions),
        "contributions": contributions,
        "judgements": account_judgements(warehouse, key),
        "gates": _gates(warehouse, key, objective),
        "override": _override(warehouse, key, objective),
        "money": account_money(warehouse, key),
        "parents": account_parents(warehouse, key, objective),
        # Actions are those of today; an earlier score had others.
        "actions": account_actions(warehouse, account["account_id"]) if score["is_current"] else [],
        "unknown": [
            {name: row[name] for name in ("metric_id", "metric_name", "dimension_id",
             "input_status", "quality", "unknown_weight")}
            for row in unknown
        ],
        "unknown_weight": sum(row["unknown_weight"] for row in unknown),
        "not_applicable": _not_applicable(warehouse, key),
    }  # fmt: skip


def explained_score(
    warehouse: Warehouse, account: Row, objective: str, as_of: dt.date | None
) -> Row:
    """The score at the last date up to this one, or the current one."""
    condition = "is_current" if as_of is None else "as_of_date <= ?"
    found = warehouse.one(
        "select * from {fct_account_health_scores} where account_id = ? and objective_id = ?"
        f" and {condition} order by as_of_date desc limit 1",
        [account["account_id"], objective, *([] if as_of is None else [as_of])],
    )
    if not found:
        first = warehouse.one(
            "select min(as_of_date) as as_of_date from {fct_account_health_scores}"
            " where account_id = ? and objective_id = ?",
            [account["account_id"], objective],
        ).get("as_of_date")
        raise HealthError(
            f"{account['account_name']} ({account['account_id']}) has no score"
            + (f" at {as_of}." if as_of else "."),
            f"Its first scored date is {first}." if first else "It was never scored.",
        )
    return found


def _context(warehouse: Warehouse, key: list[object]) -> Row:
    return warehouse.one(
        "select segment, industry, plan_tier, lifecycle_stage, tenure_days, seats, arr,"
        " contract_type, renewal_on, days_to_renewal, has_notice, owner_id"
        " from {fct_account_spine} where account_id = ? and as_of_date = ?",
        key,
    )


def _card(warehouse: Warehouse, key: list[object], score: Row) -> Row:
    """The card by which the account is scored, why this one, and who answers for the version."""
    card = warehouse.one(
        "select scorecards.card_id, cards.card_name, scorecards.card_reason,"
        " model_versions.owner_role, model_versions.review_by"
        " from {fct_account_scorecards} as scorecards"
        " left join {cards} as cards on scorecards.card_id = cards.card_id"
        " and scorecards.score_version = cards.score_version"
        " left join {model_versions} as model_versions"
        " on scorecards.score_version = model_versions.score_version"
        " where account_id = ? and as_of_date = ?",
        key,
    )
    return {**card, "version_status": score["version_status"]}


def _contributions(warehouse: Warehouse, key: list[object], objective: str) -> list[Row]:
    rows = warehouse.rows(
        """
        select
            contributions.dimension_id, contributions.metric_id, metrics.metric_name,
            metrics.unit, values_at.metric_value, values_at.input_status, values_at.quality,
            values_at.sample_size, values_at.last_data_on, values_at.metric_score,
            values_at.typical_score, contributions.metric_weight,
            contributions.contribution_points, contributions.lost_points
        from {fct_account_health_contributions} as contributions
        left join {fct_account_metric_scores} as values_at
            on contributions.account_id = values_at.account_id
            and contributions.as_of_date = values_at.as_of_date
            and contributions.metric_id = values_at.metric_id
        left join {metrics} as metrics on contributions.metric_id = metrics.metric_id
        where contributions.account_id = ? and contributions.as_of_date = ?
            and contributions.objective_id = ?
        order by contributions.contribution_points, contributions.metric_id
        """,
        [*key, objective],
    )
    for row in rows:
        row["unknown_weight"] = (row["metric_weight"] or 0.0) * (1 - (row["quality"] or 0.0))
    return [row for row in rows if row["metric_weight"]]


def _dimensions(warehouse: Warehouse, key: list[object], contributions: list[Row]) -> list[Row]:
    points: dict[str, float] = {}
    weights: dict[str, float] = {}
    for row in contributions:
        dimension = row["dimension_id"]
        points[dimension] = points.get(dimension, 0.0) + (row["contribution_points"] or 0.0)
        weights[dimension] = weights.get(dimension, 0.0) + row["metric_weight"]
    rows = warehouse.rows(
        "select scores.dimension_id, dimension_name, reading_order, dimension_score,"
        " typical_score, coverage, metric_count, observed_metric_count"
        " from {fct_account_dimension_scores} as scores"
        " left join {dimensions} as dimensions on scores.dimension_id = dimensions.dimension_id"
        " where account_id = ? and as_of_date = ? order by reading_order, scores.dimension_id",
        key,
    )
    for row in rows:
        row["points"] = points.get(row["dimension_id"], 0.0)
        row["weight"] = weights.get(row["dimension_id"], 0.0)
    return rows


def _gates(warehouse: Warehouse, key: list[object], objective: str) -> list[Row]:
    names = gate_names(warehouse)
    rows = warehouse.rows(
        "select gate_id, gate_cap, signal_value, evidence, is_binding from {fct_account_gates}"
        " where account_id = ? and as_of_date = ? and objective_id = ?"
        " order by gate_cap, gate_id",
        [*key, objective],
    )
    return [{**row, "gate_name": names.get(row["gate_id"], row["gate_id"])} for row in rows]


def _override(warehouse: Warehouse, key: list[object], objective: str) -> Row | None:
    """The override of the date, with roles and no names; none where nobody has overridden."""
    if not warehouse.has("fct_account_overrides"):
        return None
    found = warehouse.one(
        "select override_id, override_kind, amount, acting.reason_code, reason_name, evidence,"
        " author_role, approver_role, starts_on, expires_on"
        " from {fct_account_overrides} as acting"
        " left join {override_reasons} as reasons on acting.reason_code = reasons.reason_code"
        " where account_id = ? and as_of_date = ? and objective_id = ?",
        [*key, objective],
    )
    return found or None


def _not_applicable(warehouse: Warehouse, key: list[object]) -> list[str]:
    rows = warehouse.rows(
        "select metrics.metric_name from {fct_account_metric_scores} as values_at"
        " inner join {metrics} as metrics on values_at.metric_id = metrics.metric_id"
        " where account_id = ? and as_of_date = ? and input_status = 'not_applicable'"
        " order by values_at.metric_id",
        key,
    )
    return [str(row["metric_name"]) for row in rows]


def _lost(score: Row, contributions: list[Row]) -> dict[str, Any]:
    """What the published score lacks to 100, and who takes it."""
    metrics = sum(row["lost_points"] or 0.0 for row in contributions)
    gate, override = -(score["gate_points"] or 0.0), -(score["override_points"] or 0.0)
    total = metrics + gate + override
    published = score["health_score"]
    return {
        "metrics": metrics,
        "gate": gate,
        "override": override,
        "total": total,
        "adds_up": published is None or abs(100 - published - total) <= TOLERANCE,
    }


def _sum_line(score: Row, contributions: list[Row]) -> dict[str, Any]:
    parts = {
        "base": score["base_score"] or 0.0,
        "contributions": sum(row["contribution_points"] or 0.0 for row in contributions),
        "clamp": score["clamp_points"] or 0.0,
        "gate": score["gate_points"] or 0.0,
        "override": score["override_points"] or 0.0,
    }
    total = sum(parts.values())
    published = score["health_score"]
    return {
        **parts,
        "total": total,
        "published": published,
        "adds_up": published is None or abs(total - published) <= TOLERANCE,
    }
