{# A day that a window needs and the calendar lacks would count as long past, without a word. #}
with

calendar as (

    select * from {{ ref('int_metrics_usage__calendar') }}

),

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

reach as (

    select min(calendar_date) as first_calendar_date from calendar

),

needs as (

    select
        {{ add_days(
            'min(as_of_date)',
            1 - (metric_parameter('usage_windows', 'window_days') | int)
            - (metric_parameter('usage_windows', 'baseline_days') | int)
        ) }} as first_needed_date
    from spine

),

final as (

    select
        reach.first_calendar_date,
        needs.first_needed_date
    from reach
    cross join needs
    where reach.first_calendar_date > needs.first_needed_date

)

select * from final
