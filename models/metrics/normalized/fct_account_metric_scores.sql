with

threshold_scores as (

    select * from {{ ref('int_metrics__threshold_scores') }}

),

peer_scores as (

    select * from {{ ref('int_metrics__peer_scores') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

united_scores as (

    {% for kind in ['threshold', 'peer'] -%}
    select
        account_id,
        as_of_date,
        dimension_id,
        metric_id,
        value_domain,
        metric_value,
        input_status,
        sample_size,
        last_data_on,
        quality,
        metric_score
    from {{ kind }}_scores
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

{# A value that no baseline can place is as good as unknown. #}
qualified_scores as (

    select
        united_scores.account_id,
        united_scores.as_of_date,
        united_scores.dimension_id,
        united_scores.metric_id,
        united_scores.value_domain,
        united_scores.metric_value,
        united_scores.input_status,
        united_scores.sample_size,
        united_scores.last_data_on,
        case when united_scores.metric_score is null then 0 else united_scores.quality end
            as quality,
        united_scores.metric_score,
        catalogue.typical_score,
        catalogue.baseline_version
    from united_scores
    inner join catalogue on united_scores.metric_id = catalogue.metric_id

),

final as (

    select
        account_id,
        as_of_date,
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
