with

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

as_of_dates as (

    select
        date_number,
        max(calendar_date) as as_of_date
    from grid_days
    group by date_number

),

{# 0 stands for an end after the last date, or for none. #}
ends as (

    select date_number as end_number from as_of_dates
    union all
    select 0 as end_number

),

{# Every span of dates with the dates in it: looking them up costs a third of comparing each fact
   with each date of its account. #}
final as (

    select
        starts.date_number as start_number,
        ends.end_number,
        as_of_dates.as_of_date
    from as_of_dates as starts
    inner join as_of_dates on starts.date_number <= as_of_dates.date_number
    inner join ends on ends.end_number = 0 or as_of_dates.date_number < ends.end_number

)

select * from final
