"""Which metric moves whom: the points of both sides, taken apart into weight, yardstick and gain.

The same midpoints as between two dates (method E3): what a metric gives is gain x weight x distance
from the typical account, and the change of a product is shared out among its factors exactly.
"""

from __future__ import annotations

from typing import Any

from scripts.lib.simulation.compare import SMALLEST_SHOWN
from scripts.lib.simulation.sides import DIGITS
from scripts.lib.warehouse import Row, Warehouse

CAUSES = ("weight", "yardstick", "gain")
TERMS = ("base", "clamp", "gate", "override")
MOVER_COUNT = 10
TOLERANCE = 10**-DIGITS

# A distance that one side does not know, because the metric has no weight there, is the other's.
EFFECTS = """
create table effects as
with united as (
    select
        coalesce(before.account_id, after.account_id) as account_id,
        coalesce(before.metric_id, after.metric_id) as metric_id,
        coalesce(before.metric_weight, 0) as weight_0,
        coalesce(after.metric_weight, 0) as weight_1,
        coalesce(before.contribution_points, 0) as points_0,
        coalesce(after.contribution_points, 0) as points_1
    from published_points as before
    full join candidate_points as after
        on before.account_id = after.account_id and before.metric_id = after.metric_id
),
gained as (
    select
        united.*, published_scores.gain as gain_0, candidate_scores.gain as gain_1,
        points_0 / nullif(published_scores.gain * weight_0, 0) as own_0,
        points_1 / nullif(candidate_scores.gain * weight_1, 0) as own_1
    from united
    inner join pairs on united.account_id = pairs.account_id and pairs.is_current
    inner join published_scores
        on pairs.account_id = published_scores.account_id
        and pairs.as_of_date = published_scores.as_of_date
    inner join candidate_scores
        on pairs.account_id = candidate_scores.account_id
        and pairs.as_of_date = candidate_scores.as_of_date
),
distances as (
    select
        *, coalesce(own_0, own_1, 0) as distance_0, coalesce(own_1, own_0, 0) as distance_1,
        (gain_0 + gain_1) / 2 as gain
    from gained
)
select
    account_id, metric_id, weight_0, weight_1, points_1 - points_0 as points,
    gain * (weight_1 - weight_0) * (distance_0 + distance_1) / 2 as weight_points,
    gain * (weight_0 + weight_1) / 2 * (distance_1 - distance_0) as yardstick_points,
    (gain_1 - gain_0) * (weight_0 * distance_0 + weight_1 * distance_1) / 2 as gain_points
from distances
"""
MOVERS = """
select
    pairs.account_id, names.account_name, pairs.arr, pairs.published_score,
    pairs.candidate_score, pairs.change, pairs.published_band, pairs.candidate_band,
    pairs.published_card, pairs.candidate_card,
    after.base_score - before.base_score as base_points,
    after.clamp_points - before.clamp_points as clamp_points,
    after.gate_points - before.gate_points as gate_points,
    after.override_points - before.override_points as override_points
from pairs
inner join published_scores as before
    on pairs.account_id = before.account_id and pairs.as_of_date = before.as_of_date
inner join candidate_scores as after
    on pairs.account_id = after.account_id and pairs.as_of_date = after.as_of_date
left join names on pairs.account_id = names.account_id
where pairs.is_current and abs(pairs.change) >= ?
order by round(abs(pairs.change), 4) desc, pairs.account_id
limit ?
"""


def read_effects(sides: Warehouse) -> Warehouse:
    """Take the points of today apart, once."""
    sides.connection.execute(EFFECTS)
    return Warehouse(sides.connection, sides.name)


def metrics(effects: Warehouse) -> list[Row]:
    """Every metric that gives other points, those that move the book most first.

    Means are over all accounts, those that a metric does not apply to included.
    """
    moves = ", ".join(f"sum(abs({cause}_points)) / accounts as {cause}_move" for cause in CAUSES)
    return effects.rows(
        f"""
        with book as (select count(*) as accounts from pairs where is_current)
        select
            effects.metric_id, metrics.metric_name,
            count(*) filter (where abs(points) >= {SMALLEST_SHOWN}) as moved,
            sum(points) / accounts as mean_points, sum(abs(points)) / accounts as mean_move,
            {moves},
            sum(weight_0) / accounts as published_weight,
            sum(weight_1) / accounts as candidate_weight
        from effects
        cross join book
        left join metrics on effects.metric_id = metrics.metric_id
        group by effects.metric_id, metrics.metric_name, accounts
        having max(abs(points)) > {TOLERANCE}
        order by round(mean_move, {DIGITS}) desc, effects.metric_id
        """
    )


def movers(effects: Warehouse) -> list[dict[str, Any]]:
    """The accounts that move most, with what is responsible and every point accounted for."""
    found = effects.rows(MOVERS, [SMALLEST_SHOWN, MOVER_COUNT])
    for row in found:
        parts = effects.rows(
            "select effects.*, metrics.metric_name from effects"
            " left join metrics on effects.metric_id = metrics.metric_id"
            " where account_id = ? order by abs(round(points, 6)) desc, effects.metric_id",
            [row["account_id"]],
        )
        terms = {term: row.pop(f"{term}_points") for term in TERMS}
        total = sum(part["points"] for part in parts) + sum(terms.values())
        row["terms"] = terms
        row["adds_up"] = abs(total - row["change"]) <= 10 * TOLERANCE
        row["reason"] = _reason(row["change"], parts, terms)
    return found


def _reason(change: float, parts: list[Row], terms: dict[str, float]) -> dict[str, Any]:
    """What moved the account most in the direction in which it went."""
    sign = 1 if change > 0 else -1
    choices: list[dict[str, Any]] = [
        {
            "metric_id": part["metric_id"],
            "name": part["metric_name"] or part["metric_id"],
            "points": part["points"],
            "cause": max(CAUSES, key=lambda cause: sign * part[f"{cause}_points"]),
            "published_weight": part["weight_0"],
            "candidate_weight": part["weight_1"],
        }
        for part in parts
    ]
    choices += [
        {"metric_id": None, "name": term, "points": points, "cause": term}
        for term, points in terms.items()
    ]
    return max(choices, key=lambda choice: round(sign * choice["points"], DIGITS))
