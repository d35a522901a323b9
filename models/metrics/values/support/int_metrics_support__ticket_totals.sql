with

judged_tickets as (

    select * from {{ ref('int_metrics_support__judged_tickets') }}

),

final as (

    select
        account_id,
        as_of_date,
        coalesce(sum(opened_weight), 0) as opened_weight,
        percentile_cont(0.5) within group (order by response_ratio asc) as response_ratio,
        count(response_ratio) as response_count,
        count(*) filter (where is_judged) as judged_count,
        count(*) filter (where is_breached) as breached_count,
        coalesce(sum(severity_days) filter (where is_open), 0) as severity_days
    from judged_tickets
    group by account_id, as_of_date

)

select * from final
