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
end_numbers as (

    select date_number as end_number from as_of_dates
    union all
    select 0 as end_number

),

{# Every span of dates with the dates in it: looking them up costs a third of comparing each fact
   with each date of its account. #}
final as (

    select
        start_dates.date_number as start_number,
        end_numbers.end_number,
        as_of_dates.as_of_date
    from as_of_dates as start_dates
    inner join as_of_dates on start_dates.date_number <= as_of_dates.date_number
    inner join end_numbers
        on end_numbers.end_number = 0 or as_of_dates.date_number < end_numbers.end_number

)

select * from final
