with

customer_scores as (

    select * from {{ ref('int_exports_customer__scores') }}

),

contributions as (

    select * from {{ ref('int_scoring__current_contributions') }}

),

metric_scores as (

    select * from {{ ref('int_scoring__current_metric_scores') }}

),

shown_metrics as (

    select * from {{ ref('customer_metric_texts') }}
    where is_shown

),

{# Before the ends of the scale a score is a sum over metrics, so what a metric would give at its
   best does not depend on the others. #}
final as (

    select
        customer_scores.account_id,
        shown_metrics.metric_id,
        shown_metrics.strength_text,
        shown_metrics.weakness_text,
        shown_metrics.step_text,
        contributions.contribution_points,
        customer_scores.gain
        * contributions.metric_weight
        * (100 - metric_scores.effective_score) as open_points,
        customer_scores.smallest_reason_points
    from customer_scores
    inner join contributions
        on
            customer_scores.account_id = contributions.account_id
            and customer_scores.objective_id = contributions.objective_id
    inner join metric_scores
        on
            contributions.account_id = metric_scores.account_id
            and contributions.metric_id = metric_scores.metric_id
    inner join shown_metrics on contributions.metric_id = shown_metrics.metric_id

)

select * from final
