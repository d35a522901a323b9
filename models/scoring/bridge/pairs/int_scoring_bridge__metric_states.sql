{{ config(materialized='view') }}

with

metric_scores as (

    select * from {{ ref('fct_account_metric_scores') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

metric_weights as (

    select * from {{ ref('int_scoring__metric_weights') }}

),

dimension_scores as (

    select * from {{ ref('fct_account_dimension_scores') }}

),

{# What does not apply has no share of its dimension. #}
final as (

    select
        metric_scores.account_id,
        metric_scores.as_of_date,
        metric_scores.card_id,
        metric_scores.dimension_id,
        metric_scores.metric_id,
        metric_scores.metric_value,
        metric_scores.sample_size,
        metric_scores.input_status,
        metric_scores.is_applicable,
        metric_scores.quality,
        metric_scores.metric_score,
        metric_scores.typical_score,
        metric_scores.baseline_version,
        {{ peer_group('catalogue.peer_level_1', 'account_spine') }} as peer_group_1,
        {{ peer_group('catalogue.peer_level_2', 'account_spine') }} as peer_group_2,
        case
            when metric_scores.is_applicable
                then
                    coalesce(metric_weights.weight, 0)
                    / nullif(dimension_scores.applicable_weight, 0)
            else 0
        end as dimension_share
    from metric_scores
    inner join account_spine
        on
            metric_scores.account_id = account_spine.account_id
            and metric_scores.as_of_date = account_spine.as_of_date
    inner join catalogue
        on
            metric_scores.metric_id = catalogue.metric_id
            and metric_scores.baseline_version = catalogue.baseline_version
    left join metric_weights
        on
            metric_scores.card_id = metric_weights.card_id
            and metric_scores.metric_id = metric_weights.metric_id
            and {{ valid_on('metric_scores.as_of_date', 'metric_weights') }}
    inner join dimension_scores
        on
            metric_scores.account_id = dimension_scores.account_id
            and metric_scores.as_of_date = dimension_scores.as_of_date
            and metric_scores.dimension_id = dimension_scores.dimension_id

)

select * from final
