{{ config(materialized='view') }}

with

metric_effects as (

    select * from {{ ref('int_scoring_bridge__metric_effects') }}

),

paired_shares as (

    select * from {{ ref('int_scoring_bridge__paired_shares') }}

),

weighted_effects as (

    select
        metric_effects.*,
        paired_shares.objective_id,
        paired_shares.has_other_card,
        paired_shares.gain,
        metric_effects.since_dimension_share * paired_shares.since_objective_share
            as since_metric_weight,
        metric_effects.dimension_share * paired_shares.objective_share as metric_weight
    from metric_effects
    inner join paired_shares
        on
            metric_effects.account_id = paired_shares.account_id
            and metric_effects.since_date = paired_shares.since_date
            and metric_effects.as_of_date = paired_shares.as_of_date
            and metric_effects.periods_apart = paired_shares.periods_apart
            and metric_effects.dimension_id = paired_shares.dimension_id

),

terms as (

    select
        *,
        {%- for term in ['metric', 'baseline', 'quality'] %}
        gain * {{ midpoint('since_metric_weight', 'metric_weight') }} * {{ term }}_effect
            as {{ term }}_points,
        {%- endfor %}
        {{ unsigned_zero('gain * (metric_weight - since_metric_weight) * mean_effect') }}
            as shifted_points
    from weighted_effects
    where since_metric_weight + metric_weight > 0

),

final as (

    select
        account_id,
        since_date,
        as_of_date,
        periods_apart,
        objective_id,
        dimension_id,
        metric_id,
        since_metric_value,
        metric_value,
        since_input_status,
        input_status,
        since_quality,
        quality,
        since_score,
        score,
        since_metric_weight,
        metric_weight,
        metric_points,
        baseline_points,
        quality_points,
        case when has_other_card then 0 else shifted_points end as weight_points,
        case when has_other_card then shifted_points else 0 end as card_points,
        metric_points + baseline_points + quality_points + shifted_points as change_points
    from terms

)

select * from final
