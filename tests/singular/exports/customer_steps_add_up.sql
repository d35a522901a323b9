{# The gains of an account's steps are what they bring together: the score counted anew with the
   metrics of the steps at their best, between the ends of the scale. What is shown adds up too. #}
with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}
    where is_current

),

contributions as (

    select * from {{ ref('int_scoring__current_contributions') }}

),

metric_scores as (

    select * from {{ ref('int_scoring__current_metric_scores') }}

),

customer_scores as (

    select * from {{ ref('int_exports_customer__scores') }}

),

customer_steps as (

    select * from {{ ref('int_exports_customer__steps') }}

),

customer_health as (

    select * from {{ ref('export_customer_health') }}

),

weighted_scores as (

    select
        contributions.account_id,
        contributions.objective_id,
        sum(contributions.metric_weight * case
            when customer_steps.metric_id is not null then 100
            else metric_scores.effective_score
        end) as weighted_score,
        sum(customer_steps.exact_points) as exact_points,
        sum(customer_steps.step_points) as step_points
    from contributions
    inner join metric_scores
        on
            contributions.account_id = metric_scores.account_id
            and contributions.metric_id = metric_scores.metric_id
    left join customer_steps
        on
            contributions.account_id = customer_steps.account_id
            and contributions.metric_id = customer_steps.metric_id
    group by contributions.account_id, contributions.objective_id

),

scores_after as (

    select
        customer_scores.account_id,
        customer_scores.customer_score,
        weighted_scores.exact_points,
        weighted_scores.step_points,
        health_scores.base_score
        + health_scores.gain
        * (weighted_scores.weighted_score - health_scores.typical_weighted_score) as model_score
    from customer_scores
    inner join weighted_scores
        on
            customer_scores.account_id = weighted_scores.account_id
            and customer_scores.objective_id = weighted_scores.objective_id
    inner join health_scores
        on
            customer_scores.account_id = health_scores.account_id
            and customer_scores.objective_id = health_scores.objective_id
    where weighted_scores.exact_points is not null

)

select
    scores_after.account_id,
    scores_after.exact_points,
    scores_after.step_points
from scores_after
inner join customer_health on scores_after.account_id = customer_health.account_id
where
    abs(
        {{ clamp_score('scores_after.model_score') }}
        - scores_after.customer_score
        - scores_after.exact_points
    ) > 1e-6
    or customer_health.steps_points != scores_after.step_points
    or customer_health.health_score + customer_health.steps_points
    != customer_health.score_after_steps
    or coalesce(customer_health.step_1_points, 0)
    + coalesce(customer_health.step_2_points, 0)
    + coalesce(customer_health.step_3_points, 0) != customer_health.steps_points
