with

metric_values as (

    select * from {{ ref('int_metrics__values') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

peer_catalogue as (

    select * from catalogue where peer_scheme is not null

),

final as (

    select
        metric_values.account_id,
        metric_values.as_of_date,
        metric_values.metric_id,
        metric_values.metric_value,
        cast(
            round(metric_values.metric_value / nullif(peer_catalogue.peer_precision, 0)) as bigint
        ) as value_step,
        {{ peer_group('peer_catalogue.peer_level_1', 'account_spine') }} as peer_group_1,
        {{ peer_group('peer_catalogue.peer_level_2', 'account_spine') }} as peer_group_2
    from metric_values
    inner join peer_catalogue on metric_values.metric_id = peer_catalogue.metric_id
    inner join account_spine
        on
            metric_values.account_id = account_spine.account_id
            and metric_values.as_of_date = account_spine.as_of_date
    where metric_values.metric_value is not null

)

select * from final
