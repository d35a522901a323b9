{{ config(materialized='view') }}

with

metric_values as (

    select * from {{ ref('int_metrics__values') }}

),

card_metrics as (

    select * from {{ ref('int_metrics__card_metrics') }}

),

final as (

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
        {{ threshold_score('metric_values.metric_value', 'card_metrics') }}
            as metric_score
    from metric_values
    inner join card_metrics
        on
            metric_values.metric_id = card_metrics.metric_id
            and metric_values.card_id = card_metrics.card_id
    where not metric_values.has_peers

)

select * from final
