{{ config(materialized='view') }}

with

metric_values as (

    select * from {{ ref('int_metrics__values') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

final as (

    select
        metric_values.account_id,
        metric_values.as_of_date,
        metric_values.dimension_id,
        metric_values.metric_id,
        metric_values.value_domain,
        metric_values.metric_value,
        metric_values.input_status,
        metric_values.sample_size,
        metric_values.last_data_on,
        metric_values.quality,
        catalogue.typical_score,
        catalogue.baseline_version,
        {{ threshold_score('metric_values.metric_value', 'catalogue') }}
            as metric_score
    from metric_values
    inner join catalogue on metric_values.metric_id = catalogue.metric_id
    where not metric_values.has_peers

)

select * from final
