{{ config(materialized='view') }}

with

metric_pairs as (

    select * from {{ ref('int_scoring_bridge__metric_pairs') }}

),

{# A value and its yardstick can change in either order, and each order gives them other parts of
   the change. Both get the mean of the two. #}
changes as (

    select
        *,
        {{ midpoint('rebased_score - since_score', 'score - since_rebased_score') }}
            as value_change,
        {{ midpoint('since_rebased_score - since_score', 'score - rebased_score') }}
        - (typical_score - since_typical_score) as yardstick_change,
        since_score - since_typical_score as since_gap,
        score - typical_score as later_gap,
        {{ midpoint('since_quality', 'quality') }} as mean_quality
    from metric_pairs
    where since_dimension_share + dimension_share > 0

),

final as (

    select
        account_id,
        since_date,
        as_of_date,
        periods_apart,
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
        since_dimension_share,
        dimension_share,
        {{ unsigned_zero('mean_quality * value_change') }} as metric_effect,
        {{ unsigned_zero('mean_quality * yardstick_change') }} as baseline_effect,
        {{ unsigned_zero('(quality - since_quality) * ' ~ midpoint('since_gap', 'later_gap')) }}
            as quality_effect,
        {{ midpoint('since_quality * since_gap', 'quality * later_gap') }} as mean_effect
    from changes

)

select * from final
