with

{# The values and not their scores: to score all history again costs
   more than the rest of monitoring. #}
metric_values as (

    select * from {{ ref('int_metrics__values') }}

),

status_counts as (

    select
        as_of_date,
        metric_id,
        input_status,
        count(*) as account_count,
        avg(quality) as mean_quality
    from metric_values
    group by as_of_date, metric_id, input_status

),

metric_counts as (

    select
        as_of_date,
        metric_id,
        sum(account_count) as metric_account_count
    from status_counts
    group by as_of_date, metric_id

),

final as (

    select
        status_counts.as_of_date,
        status_counts.metric_id,
        status_counts.input_status,
        status_counts.account_count,
        cast(status_counts.account_count as {{ type_double() }})
        / nullif(metric_counts.metric_account_count, 0) as account_ratio,
        status_counts.mean_quality
    from status_counts
    inner join metric_counts
        on
            status_counts.as_of_date = metric_counts.as_of_date
            and status_counts.metric_id = metric_counts.metric_id

)

select * from final
