"""The portfolio of the last good build: bands, money, confidence, movers, what needs attention."""

from __future__ import annotations

from typing import Any

from scripts.lib.console import HealthError
from scripts.lib.reports.money import read_stakes
from scripts.lib.warehouse import Row, Warehouse

MOVER_DAYS = 28
MOVER_COUNT = 5
ATTENTION_COUNT = 8
ATTENTION_BANDS = ("critical", "at_risk")
BAND_ORDER = ("healthy", "watch", "at_risk", "critical", "insufficient_data")
CONFIDENCE_ORDER = ("high", "medium", "low", "insufficient")


def check_objective(warehouse: Warehouse, objective: str) -> None:
    """Stop with the known objectives when this one has no scores."""
    known = [
        str(row["objective_id"])
        for row in warehouse.rows(
            "select distinct objective_id from {fct_account_health_scores} order by objective_id"
        )
    ]
    if not known:
        raise HealthError(
            "The last build holds no scores.", "Run `health doctor`, then `health build`."
        )
    if objective not in known:
        raise HealthError(
            f"There is no objective {objective!r}.", f"Use one of: {', '.join(known)}"
        )


def read_portfolio(warehouse: Warehouse, objective: str) -> dict[str, Any]:
    """Everything that `health portfolio` shows, ready for JSON."""
    check_objective(warehouse, objective)
    accounts = _current(warehouse, objective)
    eligible = [row for row in accounts if row["is_eligible"]]
    as_of = accounts[0]["as_of_date"] if accounts else None
    earlier = _earlier_date(warehouse, objective, as_of)
    movers = _movers(warehouse, objective, eligible, earlier)
    return {
        "objective": objective,
        "as_of_date": as_of,
        "account_count": len(accounts),
        "eligible_count": len(eligible),
        "scored_count": sum(row["health_score"] is not None for row in eligible),
        "arr": _sum(eligible, "arr"),
        "mean_score": _mean(eligible, "health_score"),
        "arr_weighted_score": _weighted(eligible),
        "bands": _tally(eligible, "band", BAND_ORDER),
        "confidence": _tally(eligible, "confidence", CONFIDENCE_ORDER),
        "mean_coverage": _mean(eligible, "coverage"),
        "dimensions": _dimensions(warehouse, [row["account_id"] for row in eligible]),
        "overrides": _overrides(warehouse, objective, eligible),
        "stakes": read_stakes(warehouse),
        "compared_with": earlier,
        "improved": [row for row in movers if row["change"] > 0][:MOVER_COUNT],
        "declined": [row for row in reversed(movers) if row["change"] < 0][:MOVER_COUNT],
        "attention": _attention(warehouse, objective, eligible),
        "attention_count": sum(row["band"] in ATTENTION_BANDS for row in eligible),
        "not_scored": _tally(
            [row for row in accounts if not row["is_eligible"]], "ineligible_reason", ()
        ),
    }


def _current(warehouse: Warehouse, objective: str) -> list[Row]:
    return warehouse.rows(
        """
        select
            scores.account_id, accounts.account_name, scores.as_of_date, scores.is_eligible,
            scores.ineligible_reason, scores.health_score, scores.low_score, scores.high_score,
            scores.coverage, scores.confidence, scores.binding_gate_id, scores.band,
            scores.band_rank, scores.override_id, scores.override_points, spine.segment,
            spine.arr, spine.days_to_renewal
        from {fct_account_health_scores} as scores
        left join {dim_accounts} as accounts on scores.account_id = accounts.account_id
        left join {fct_account_spine} as spine
            on scores.account_id = spine.account_id and scores.as_of_date = spine.as_of_date
        where scores.is_current and scores.objective_id = ?
        order by scores.account_id
        """,
        [objective],
    )


def _overrides(warehouse: Warehouse, objective: str, scored: list[Row]) -> Row:
    """How much of the book stands by hand, and from which share of the ARR that is too much."""
    moved = [row for row in scored if row["override_id"]]
    alert = None
    if warehouse.has("mon_override_share"):
        alert = warehouse.one(
            "select arr_share_alert from {mon_override_share} where objective_id = ? limit 1",
            [objective],
        ).get("arr_share_alert")
    arr = _sum(scored, "arr")
    share = (_sum(moved, "arr") or 0.0) / arr if arr else 0.0
    return {
        "accounts": len(moved),
        "raised": sum(row["override_points"] > 0 for row in moved),
        "lowered": sum(row["override_points"] < 0 for row in moved),
        "arr": _sum(moved, "arr"),
        "arr_share": share,
        "arr_share_alert": alert,
        "is_alert": alert is not None and share > alert,
    }


def _earlier_date(warehouse: Warehouse, objective: str, as_of: object) -> object:
    row = warehouse.one(
        "select max(as_of_date) as as_of_date from {fct_account_health_scores}"
        f" where objective_id = ? and as_of_date <= cast(? as date) - {MOVER_DAYS}",
        [objective, as_of],
    )
    return row.get("as_of_date")


def _movers(warehouse: Warehouse, objective: str, scored: list[Row], earlier: object) -> list[Row]:
    if earlier is None:
        return []
    before = {
        row["account_id"]: row
        for row in warehouse.rows(
            "select account_id, health_score, band from {fct_account_health_scores}"
            " where objective_id = ? and as_of_date = ? and is_eligible"
            " and health_score is not null",
            [objective, earlier],
        )
    }
    movers = []
    for row in scored:
        past = before.get(row["account_id"])
        if past is None or row["health_score"] is None:
            continue
        movers.append(
            {
                "account_id": row["account_id"],
                "account_name": row["account_name"],
                "arr": row["arr"],
                "score_before": past["health_score"],
                "score_now": row["health_score"],
                "change": row["health_score"] - past["health_score"],
                "band_before": past["band"],
                "band_now": row["band"],
            }
        )
    movers.sort(key=lambda row: (-row["change"], row["account_id"]))
    shown = [*movers[:MOVER_COUNT], *movers[MOVER_COUNT:][-MOVER_COUNT:]]
    reasons = _reasons(warehouse, objective, scored, earlier, [row["account_id"] for row in shown])
    for row in shown:
        changes = reasons.get(row["account_id"], [])
        row["main_reason"] = max(
            changes,
            key=lambda change: change["points"] * (1 if row["change"] > 0 else -1),
            default=None,
        )
    return shown


def _reasons(
    warehouse: Warehouse, objective: str, scored: list[Row], earlier: object, accounts: list[str]
) -> dict[str, list[Row]]:
    """The change of each dimension's points, of the gate's and the override's, by account."""
    if not accounts:
        return {}
    now = scored[0]["as_of_date"]
    marks = ", ".join("?" for _ in accounts)
    found: dict[str, list[Row]] = {}
    for row in warehouse.rows(
        "select account_id, dimension_id, sum(case when as_of_date = ? then contribution_points"
        " else -contribution_points end) as points"
        " from {fct_account_health_contributions}"
        f" where objective_id = ? and as_of_date in (?, ?) and account_id in ({marks})"
        " group by account_id, dimension_id order by account_id, dimension_id",
        [now, objective, now, earlier, *accounts],
    ):
        found.setdefault(str(row.pop("account_id")), []).append(row)
    for term in ("gate", "override"):
        for row in warehouse.rows(
            f"select account_id, '{term}' as dimension_id, sum(case when as_of_date = ?"
            f" then {term}_points else -{term}_points end) as points"
            " from {fct_account_health_scores}"
            f" where objective_id = ? and as_of_date in (?, ?) and account_id in ({marks})"
            " group by account_id order by account_id",
            [now, objective, now, earlier, *accounts],
        ):
            if row["points"]:
                found.setdefault(str(row.pop("account_id")), []).append(row)
    return found


def _attention(warehouse: Warehouse, objective: str, scored: list[Row]) -> list[Row]:
    rows = sorted(
        (row for row in scored if row["band"] in ATTENTION_BANDS),
        key=lambda row: (row["band_rank"], -(row["arr"] or 0), row["account_id"]),
    )[:ATTENTION_COUNT]
    drivers: dict[str, str] = {}
    if warehouse.has("rpt_account_drivers"):
        for driver in warehouse.rows(
            "select account_id, metric_name from {rpt_account_drivers}"
            " where objective_id = ? and driver_kind = 'negative' and driver_rank = 1",
            [objective],
        ):
            drivers[driver["account_id"]] = str(driver["metric_name"])
    gates = gate_names(warehouse)
    keys = ("account_id", "account_name", "segment", "arr", "health_score", "low_score",
            "high_score", "band", "confidence", "days_to_renewal")  # fmt: skip
    return [
        {
            **{key: row[key] for key in keys},
            "gate": gates.get(row["binding_gate_id"], row["binding_gate_id"]),
            "main_driver": drivers.get(row["account_id"]),
        }
        for row in rows
    ]


def gate_names(warehouse: Warehouse) -> dict[str, str]:
    """The names of the gates of the published version."""
    if not warehouse.has("gates"):
        return {}
    rows = warehouse.rows(
        "select gate_id, gate_name from {gates} as gates"
        " inner join {score_versions} as versions on gates.score_version = versions.score_version"
        " where versions.is_published order by gate_id"
    )
    return {str(row["gate_id"]): str(row["gate_name"]) for row in rows}


def _dimensions(warehouse: Warehouse, accounts: list[str]) -> list[Row]:
    """Mean score and coverage of each dimension over the scored accounts, in reading order.

    A dimension of which an account shows nothing has no score to average: it would be the typical
    account's.
    """
    names = "dimension_name, reading_order" if warehouse.has("dimensions") else "null, null"
    joined = (
        " left join {dimensions} as dimensions on scores.dimension_id = dimensions.dimension_id"
        if warehouse.has("dimensions")
        else ""
    )
    wanted = set(accounts)
    found: dict[str, list[Row]] = {}
    for row in warehouse.rows(
        "select scores.account_id, scores.dimension_id, dimension_score, coverage, "
        f"{names.replace('null, null', 'null as dimension_name, null as reading_order')}"
        " from {fct_account_dimension_scores} as scores"
        + joined
        + " where as_of_date = (select max(as_of_date) from {fct_account_dimension_scores})"
    ):
        if row["account_id"] in wanted:
            found.setdefault(str(row["dimension_id"]), []).append(row)
    result: list[Row] = [
        {
            "dimension_id": dimension,
            "dimension_name": rows[0]["dimension_name"] or dimension,
            "reading_order": rows[0]["reading_order"],
            "mean_score": _mean([row for row in rows if row["coverage"]], "dimension_score"),
            "mean_coverage": _mean(rows, "coverage"),
        }
        for dimension, rows in found.items()
    ]
    return sorted(result, key=lambda row: (row["reading_order"] or 0, str(row["dimension_id"])))


def _tally(rows: list[Row], column: str, order: tuple[str, ...]) -> list[Row]:
    found: dict[str, list[Row]] = {name: [] for name in order}
    for row in rows:
        found.setdefault(str(row[column]), []).append(row)
    total, arr = len(rows), _sum(rows, "arr")
    result: list[Row] = [
        {
            column: name,
            "accounts": len(members),
            "share": len(members) / total if total else 0.0,
            "arr": None if arr is None else _sum(members, "arr") or 0.0,
            "arr_share": None if arr is None else (_sum(members, "arr") or 0.0) / (arr or 1.0),
        }
        for name, members in found.items()
    ]
    return result if order else sorted(result, key=lambda row: (-row["accounts"], row[column]))


def _sum(rows: list[Row], column: str) -> float | None:
    """The sum of what is known; nothing where no row knows it, which is not 0."""
    known = [row[column] for row in rows if row[column] is not None]
    return float(sum(known)) if known or not rows else None


def _mean(rows: list[Row], column: str) -> float | None:
    values = [row[column] for row in rows if row[column] is not None]
    return sum(values) / len(values) if values else None


def _weighted(rows: list[Row]) -> float | None:
    known = [row for row in rows if row["health_score"] is not None and row["arr"]]
    arr = _sum(known, "arr")
    return sum(row["health_score"] * row["arr"] for row in known) / arr if arr else None
