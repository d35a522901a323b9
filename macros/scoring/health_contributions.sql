{# The last CTEs of a model of contributions: what each metric of metric_scores moves the objectives. #}
{% macro health_contributions() -%}
{# Its share of what applies in the dimension, times that of the dimension in the objective. #}
weighted_metrics as (

    select
        metric_scores.account_id,
        metric_scores.as_of_date,
        objective_weights.objective_id,
        metric_scores.dimension_id,
        metric_scores.metric_id,
        health_scores.gain,
        health_scores.weighted_score,
        100 - health_scores.model_score - health_scores.clamp_points as missing_points,
        metric_scores.quality,
        metric_scores.effective_score,
        metric_scores.typical_score,
        metric_weights.weight * objective_weights.weight
        / nullif(dimension_scores.applicable_weight * health_scores.applicable_weight, 0)
            as metric_weight
    from metric_scores
    inner join metric_weights
        on
            metric_scores.card_id = metric_weights.card_id
            and metric_scores.metric_id = metric_weights.metric_id
            and {{ valid_on('metric_scores.as_of_date', 'metric_weights') }}
    inner join dimension_scores
        on
            metric_scores.account_id = dimension_scores.account_id
            and metric_scores.as_of_date = dimension_scores.as_of_date
            and metric_scores.dimension_id = dimension_scores.dimension_id
    inner join objective_weights
        on
            metric_scores.card_id = objective_weights.card_id
            and metric_scores.dimension_id = objective_weights.dimension_id
    inner join health_scores
        on
            metric_scores.account_id = health_scores.account_id
            and metric_scores.as_of_date = health_scores.as_of_date
            and objective_weights.objective_id = health_scores.objective_id
    where metric_scores.is_applicable

),

final as (

    select
        account_id,
        as_of_date,
        objective_id,
        dimension_id,
        metric_id,
        metric_weight,
        gain * metric_weight * (effective_score - typical_score) as contribution_points,
        gain * metric_weight * (1 - quality) * 100 as unknown_points,
        {{ lost_points() }} as lost_points
    from weighted_metrics

)
{%- endmacro %}
