{{ config(materialized='view') }}

with

threshold_scores as (

    select * from {{ ref('int_metrics__threshold_scores') }}

),

peer_scores as (

    select * from {{ ref('int_metrics__peer_scores') }}

),

{# A value that no baseline can place is as good as unknown. #}
qualified_scores as (

    {% for kind in ['threshold', 'peer'] -%}
    select
        account_id,
        as_of_date,
        card_id,
        dimension_id,
        metric_id,
        value_domain,
        metric_value,
        input_status,
        sample_size,
        last_data_on,
        case when metric_score is null then 0 else quality end as quality,
        metric_score,
        typical_score,
        baseline_version
    from {{ kind }}_scores
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        account_id,
        as_of_date,
        card_id,
        dimension_id,
        metric_id,
        value_domain,
        metric_value,
        input_status,
        sample_size,
        last_data_on,
        quality,
        metric_score,
        typical_score,
        case
            when quality > 0 then typical_score + quality * (metric_score - typical_score)
            else typical_score
        end as effective_score,
        input_status != 'not_applicable' as is_applicable,
        baseline_version
    from qualified_scores

)

select * from final
