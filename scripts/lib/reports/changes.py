"""The change of one account's score between two dates, until every point has a cause."""

from __future__ import annotations

import datetime as dt
from typing import Any

from scripts.lib.console import HealthError
from scripts.lib.reports.accounts import find_account
from scripts.lib.reports.explain import TOLERANCE, explained_score
from scripts.lib.reports.portfolio import check_objective, gate_names
from scripts.lib.warehouse import Row, Warehouse

METRIC_TERMS = ("metric", "baseline", "weight", "card", "quality")
OTHER_TERMS = ("scaling", "clamp", "gate", "override")


def explain_change(
    warehouse: Warehouse, text: str, objective: str, since: dt.date, as_of: dt.date | None
) -> dict[str, Any]:
    """Everything that `health explain --since` shows, ready for JSON.

    Raises HealthError where there is no earlier score to compare with.
    """
    check_objective(warehouse, objective)
    account = find_account(warehouse, text)
    later = explained_score(warehouse, account, objective, as_of)
    earlier = _earlier_score(warehouse, account, objective, since, later)
    key = [account["account_id"], earlier["as_of_date"], later["as_of_date"], objective]
    warehouse.ask_for(earlier["as_of_date"], later["as_of_date"])
    change = warehouse.one(
        "select * from {fct_account_score_changes} where account_id = ? and since_date = ?"
        " and as_of_date = ? and objective_id = ?",
        key,
    )
    if not change:
        raise HealthError(
            f"{account['account_name']} ({account['account_id']}) has no change to explain between"
            f" {earlier['as_of_date']} and {later['as_of_date']}.",
            f"Nothing of {objective} applied to it at one of the dates.",
        )
    metrics = _metrics(warehouse, key)
    terms = {term: change[f"{term}_points"] for term in (*METRIC_TERMS, *OTHER_TERMS)}
    return {
        "account": account,
        "objective": objective,
        "asked_since": since,
        "since_date": earlier["as_of_date"],
        "as_of_date": later["as_of_date"],
        "since_score": change["since_full_score"],
        "score": change["full_score"],
        "since_band": change["since_band"],
        "band": change["band"],
        "is_published": None not in (change["since_health_score"], change["health_score"]),
        "change_points": change["change_points"],
        "sentence": change["change_text"],
        "terms": terms,
        "metrics": metrics,
        "gates": _gates(warehouse, earlier, later),
        "adds_up": _adds_up(change["change_points"], terms, metrics),
    }


def _earlier_score(
    warehouse: Warehouse, account: Row, objective: str, since: dt.date, later: Row
) -> Row:
    name = f"{account['account_name']} ({account['account_id']})"
    if since >= later["as_of_date"]:
        raise HealthError(
            f"{since} is not before {later['as_of_date']}, the date that is explained.",
            "Give an earlier --since, or a later --as-of.",
        )
    found = warehouse.one(
        "select * from {fct_account_health_scores} where account_id = ? and objective_id = ?"
        " and as_of_date <= ? order by as_of_date desc limit 1",
        [account["account_id"], objective, since],
    )
    if found:
        return found
    first = warehouse.one(
        "select min(as_of_date) as as_of_date from {fct_account_health_scores}"
        " where account_id = ? and objective_id = ?",
        [account["account_id"], objective],
    )
    raise HealthError(
        f"{name} had no score yet at {since}.", f"Its first scored date is {first['as_of_date']}."
    )


def _metrics(warehouse: Warehouse, key: list[object]) -> list[Row]:
    return warehouse.rows(
        """
        select
            changes.dimension_id, changes.metric_id, metrics.metric_name, metrics.unit,
            changes.since_metric_value, changes.metric_value,
            changes.since_input_status, changes.input_status,
            changes.since_quality, changes.quality,
            changes.since_metric_weight, changes.metric_weight,
            changes.metric_points, changes.baseline_points, changes.weight_points,
            changes.card_points, changes.quality_points, changes.change_points
        from {fct_account_metric_changes} as changes
        left join {metrics} as metrics on changes.metric_id = metrics.metric_id
        where changes.account_id = ? and changes.since_date = ? and changes.as_of_date = ?
            and changes.objective_id = ?
        order by abs(round(changes.change_points, 6)) desc, changes.metric_id
        """,
        key,
    )


def _gates(warehouse: Warehouse, earlier: Row, later: Row) -> dict[str, str | None]:
    names = gate_names(warehouse)

    def name(score: Row) -> str | None:
        gate = score["binding_gate_id"]
        return names.get(gate, gate) if gate else None

    return {"since": name(earlier), "now": name(later)}


def _adds_up(points: float, terms: dict[str, float], metrics: list[Row]) -> bool:
    by_metric = sum(row["change_points"] for row in metrics)
    others = sum(terms[term] for term in OTHER_TERMS)
    return (
        abs(sum(terms.values()) - points) <= TOLERANCE
        and abs(by_metric + others - points) <= TOLERANCE
    )
