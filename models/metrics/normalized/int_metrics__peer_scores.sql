{{ config(materialized='view') }}

with

metric_values as (

    select * from {{ ref('int_metrics__values') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

card_metrics as (

    select * from {{ ref('int_metrics__card_metrics') }}

),

peer_curves as (

    select * from {{ ref('int_metrics__peer_curves') }}

),

peer_spreads as (

    select * from {{ ref('int_metrics__peer_spreads') }}

),

peer_values as (

    select
        metric_values.account_id,
        metric_values.as_of_date,
        metric_values.card_id,
        metric_values.dimension_id,
        metric_values.metric_id,
        metric_values.value_domain,
        metric_values.metric_value,
        metric_values.input_status,
        metric_values.sample_size,
        metric_values.last_data_on,
        metric_values.quality,
        card_metrics.typical_score,
        card_metrics.baseline_version,
        card_metrics.normaliser,
        card_metrics.direction,
        card_metrics.z_limit,
        card_metrics.logistic_steepness,
        {{ peer_step('metric_values.metric_value', 'card_metrics') }} as value_step,
        {{ peer_group('card_metrics.peer_level_1', 'account_spine') }} as peer_group_1,
        {{ peer_group('card_metrics.peer_level_2', 'account_spine') }} as peer_group_2
    from metric_values
    inner join card_metrics
        on
            metric_values.metric_id = card_metrics.metric_id
            and metric_values.card_id = card_metrics.card_id
    inner join account_spine
        on
            metric_values.account_id = account_spine.account_id
            and metric_values.as_of_date = account_spine.as_of_date
    where metric_values.has_peers

),

final as (

    select
        peer_values.account_id,
        peer_values.as_of_date,
        peer_values.card_id,
        peer_values.dimension_id,
        peer_values.metric_id,
        peer_values.value_domain,
        peer_values.metric_value,
        peer_values.input_status,
        peer_values.sample_size,
        peer_values.last_data_on,
        peer_values.quality,
        peer_values.typical_score,
        peer_values.baseline_version,
        {{ peer_score(
            'peer_values.metric_value',
            'peer_values.sample_size',
            'peer_values',
            'peer_curves',
            'peer_spreads'
        ) }} as metric_score
    from peer_values
    left join peer_curves
        on
            peer_values.metric_id = peer_curves.metric_id
            and peer_values.peer_group_1 = peer_curves.peer_group_1
            and peer_values.peer_group_2 = peer_curves.peer_group_2
            and peer_values.value_step = peer_curves.value_step
    left join peer_spreads
        on
            peer_values.metric_id = peer_spreads.metric_id
            and peer_values.peer_group_1 = peer_spreads.peer_group_1
            and peer_values.peer_group_2 = peer_spreads.peer_group_2

)

select * from final
