"""Does the sample world behave as the method says it must? Windows of section H of the method.

A world is sampled, built on a month-end grid and compared with its hidden truth. The truth is read
here and nowhere in the models.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from scripts.lib.measures import Array, auc, fit_logistic, lift, predict_logistic, spearman

LEAD_DAYS = 30
HORIZON_DAYS = 180
KNOWN_LAG_DAYS = 30
MINIMUM_TENURE_DAYS = 90
# Shares of the value of an account to itself, as the generator's churn decision weighs the states.
VALUE_WEIGHTS = (1.05, 0.55, 0.65, 0.35)
VALUE_OF_THE_WEAKER = 0.45
PENALTY_OF_BREAKDOWN = 0.25


@dataclass(frozen=True)
class Window:
    """What a measure must lie between, and the figure that the method's own run gave."""

    low: float
    high: float
    reference: float


WINDOWS: dict[str, Window] = {
    "logo_churn_a_year": Window(0.15, 0.22, 0.18),
    "prevalence": Window(0.07, 0.11, 0.089),
    "coverage": Window(0.70, 0.85, 0.773),
    "recency_auc": Window(0.55, 0.62, 0.575),
    "utilisation_auc": Window(0.64, 0.70, 0.674),
    "renewal_auc": Window(0.69, 0.75, 0.723),
    "health_auc": Window(0.67, 0.73, 0.702),
    "health_auc_in_window": Window(0.69, 0.75, 0.719),
    "lift_at_10": Window(2.2, 3.0, 2.58),
    "spearman_with_value": Window(0.78, 0.90, 0.838),
    "health_and_context_auc": Window(0.76, 0.81, 0.793),
    "oracle_auc": Window(0.80, 0.84, 0.820),
}
NULL_WINDOWS: dict[str, Window] = {"health_auc": Window(0.45, 0.55, 0.5)}

PANEL_SQL = f"""
with ends as (
    select max(as_of_date) as last_date from core.fct_account_spine
),

scores as (
    select account_id, as_of_date, model_score, coverage
    from scoring.fct_account_health_scores
    where objective_id = 'retention'
),

single as (
    select
        account_id,
        as_of_date,
        max(effective_score) filter (where metric_id = 'U01') as utilisation,
        max(effective_score) filter (where metric_id = 'U07') as recency
    from metrics.fct_account_metric_scores
    where metric_id in ('U01', 'U07')
    group by all
)

select
    spine.as_of_date,
    date_diff('day', date '2000-01-01', spine.as_of_date) as day,
    scores.model_score,
    scores.coverage,
    coalesce(single.utilisation, 0) as utilisation,
    coalesce(single.recency, 0) as recency,
    spine.tenure_days,
    spine.segment,
    spine.contract_type in ('monthly_manual', 'monthly_auto') as is_monthly,
    coalesce(spine.days_to_renewal, 9999) as days_to_renewal,
    latents.adoption,
    latents.service,
    latents.relationship,
    latents.finance,
    coalesce(
        spells.churned_on > spine.as_of_date + {LEAD_DAYS}
        and spells.churned_on <= spine.as_of_date + {LEAD_DAYS + HORIZON_DAYS}, false
    ) as is_lost
from core.fct_account_spine as spine
cross join ends
inner join scores using (account_id, as_of_date)
left join single using (account_id, as_of_date)
inner join latents
    on latents.account_id = spine.account_id and latents.month_end = spine.as_of_date
inner join spells
    on
        spells.account_id = spine.account_id
        and spells.started_on <= spine.as_of_date
        and coalesce(spells.churned_on > spine.as_of_date, true)
where
    spine.is_eligible
    and spine.tenure_days >= {MINIMUM_TENURE_DAYS}
    and coalesce(spells.decided_on > spine.as_of_date, true)
    and coalesce(spells.churned_on > spine.as_of_date + {LEAD_DAYS}, true)
    and spine.as_of_date <= ends.last_date - {LEAD_DAYS + HORIZON_DAYS + KNOWN_LAG_DAYS}
order by spine.as_of_date, spine.account_id
"""

CHURN_SQL = """
select
    (
        select count(*) from spells
        where churn_type in ('voluntary', 'involuntary', 'acausal')
            and churned_on <= (select max(as_of_date) from core.fct_account_spine)
            and churned_on >= (select min(as_of_date) from core.fct_account_spine)
    )
    / ((select count(*) from core.fct_account_spine where is_paying) / 12.0)
"""


def latent_value(adoption: Array, service: Array, relationship: Array, finance: Array) -> Array:
    """The value of an account to itself in the generator's churn decision (V of section H)."""
    linear = sum(
        weight * state
        for weight, state in zip(
            VALUE_WEIGHTS, (adoption, service, relationship, finance), strict=True
        )
    )
    breakdown = np.maximum(0.0, -relationship - 1.0) ** 2
    return np.asarray(
        linear
        + VALUE_OF_THE_WEAKER * np.minimum(adoption, service)
        - PENALTY_OF_BREAKDOWN * breakdown
    )


def measure(warehouse: Path, truth_dir: Path) -> dict[str, float]:
    """Every acceptance measure of one built world; the test half of the panel where one is fitted.

    `warehouse` is a month-grid build of the sample in whose `truth_dir` the spells and latents lie.
    """
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        for name in ("spells", "latents"):
            path = str(truth_dir / f"{name}.parquet").replace("'", "''")
            connection.execute(f"create temp view {name} as select * from '{path}'")
        panel = connection.execute(PANEL_SQL).fetchnumpy()
        row = connection.execute(CHURN_SQL).fetchone()
    columns = {name: np.ma.getdata(values) for name, values in panel.items()}
    return {"logo_churn_a_year": float(row[0]) if row else float("nan"), **_judge(columns)}


def _judge(panel: dict[str, Array]) -> dict[str, float]:
    lost = panel["is_lost"].astype(float)
    health = panel["model_score"].astype(float)
    monthly = panel["is_monthly"].astype(float)
    days_left = panel["days_to_renewal"].astype(float)
    renews = ((days_left <= LEAD_DAYS + HORIZON_DAYS) & (monthly == 0)).astype(float)
    far = ((monthly == 0) & (renews == 0)).astype(float)
    tenure = np.log1p(panel["tenure_days"].astype(float))
    segments = [(panel["segment"] == name).astype(float) for name in ("mid_market", "enterprise")]
    month_left = np.minimum(days_left, 720.0) / 30.0
    context = np.column_stack([monthly, renews, far * month_left, tenure, *segments])
    distance = (60.0 - health) / 10.0
    value = latent_value(
        *(panel[name].astype(float) for name in ("adoption", "service", "relationship", "finance"))
    )
    day = panel["day"].astype(float)
    split = np.quantile(day, 0.5)
    train, test = day <= split, day >= split + LEAD_DAYS + HORIZON_DAYS
    if not test.any():
        train = test = np.ones(len(day), dtype=bool)
    in_window = (monthly == 1) | (renews == 1)

    def fitted(features: Array) -> float:
        beta = fit_logistic(features[train], lost[train])
        return auc(lost[test], predict_logistic(beta, features[test]))

    with_health = np.column_stack([context, distance, distance * far])
    with_truth = np.column_stack([context, value, value * far, value * monthly])
    return {
        "rows": float(len(lost)),
        "prevalence": float(lost.mean()),
        "coverage": float(panel["coverage"].astype(float).mean()),
        "recency_auc": auc(lost, -panel["recency"].astype(float)),
        "utilisation_auc": auc(lost, -panel["utilisation"].astype(float)),
        "renewal_auc": fitted(context),
        "health_auc": auc(lost, -health),
        "health_auc_in_window": auc(lost[in_window], -health[in_window]),
        "lift_at_10": lift(lost, -health, 0.10),
        "spearman_with_value": spearman(health, value),
        "health_and_context_auc": fitted(with_health),
        "oracle_auc": fitted(with_truth),
    }
