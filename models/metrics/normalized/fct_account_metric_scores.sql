with

metric_values as (

    select * from {{ ref('int_metrics__values') }}

),

peer_scores as (

    select * from {{ ref('int_metrics__peer_scores') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

threshold_catalogue as (

    select * from catalogue where peer_scheme is null

),

peer_catalogue as (

    select * from catalogue where peer_scheme is not null

),

{# The two kinds are apart so that only the few metrics with peers pay for a join by account. #}
scored_values as (

    select
        metric_values.*,
        case threshold_catalogue.normaliser
            when 'piecewise'
                then {{ piecewise_linear('metric_values.metric_value', 'threshold_catalogue') }}
            when 'identity' then {{ clamp_score('metric_values.metric_value') }}
            when 'two_anchor' then {{ two_anchor(
                'metric_values.metric_value',
                'threshold_catalogue.anchor_steepness',
                'threshold_catalogue.anchor_midpoint'
            ) }}
            when 'min_max' then {{ min_max(
                'metric_values.metric_value',
                'threshold_catalogue.winsor_low',
                'threshold_catalogue.winsor_high',
                'threshold_catalogue.direction'
            ) }}
        end as metric_score,
        threshold_catalogue.typical_score,
        threshold_catalogue.baseline_version
    from metric_values
    inner join threshold_catalogue on metric_values.metric_id = threshold_catalogue.metric_id
    union all
    select
        metric_values.*,
        peer_scores.metric_score,
        peer_catalogue.typical_score,
        peer_catalogue.baseline_version
    from metric_values
    inner join peer_catalogue on metric_values.metric_id = peer_catalogue.metric_id
    left join peer_scores
        on
            metric_values.account_id = peer_scores.account_id
            and metric_values.as_of_date = peer_scores.as_of_date
            and metric_values.metric_id = peer_scores.metric_id

),

{# A value that no baseline can place is as good as unknown. #}
qualified_scores as (

    select
        *,
        case when metric_score is null then 0 else quality end as score_quality
    from scored_values

),

final as (

    select
        account_id,
        as_of_date,
        dimension_id,
        metric_id,
        metric_value,
        input_status,
        sample_size,
        last_data_on,
        score_quality as quality,
        metric_score,
        typical_score,
        case
            when score_quality > 0
                then score_quality * metric_score + (1 - score_quality) * typical_score
            else typical_score
        end as effective_score,
        input_status <> 'not_applicable' as is_applicable,
        baseline_version
    from qualified_scores

)

select * from final
