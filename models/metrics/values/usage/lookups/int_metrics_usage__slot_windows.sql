{%- set window_days = metric_parameter('usage_windows', 'window_days') | int -%}
{%- set baseline_days = metric_parameter('usage_windows', 'baseline_days') | int -%}
with

calendar as (

    select * from {{ ref('int_metrics_usage__calendar') }}

),

as_of_dates as (

    select distinct first_counted_on as as_of_date from calendar

),

slots as (

    select
        slot_ends_on,
        min(calendar_date) as slot_starts_on
    from calendar
    group by slot_ends_on

),

{# Windows are open at their start: a day exactly one window before the date is outside. #}
final as (

    select
        slots.slot_ends_on,
        as_of_dates.as_of_date,
        slots.slot_ends_on
        > {{ add_days('as_of_dates.as_of_date', -window_days) }} as is_recent,
        slots.slot_starts_on
        > {{ add_days('as_of_dates.as_of_date', -(window_days + baseline_days)) }} as is_whole
    from slots
    inner join as_of_dates
        on
            slots.slot_ends_on <= as_of_dates.as_of_date
            and slots.slot_ends_on
            > {{ add_days('as_of_dates.as_of_date', -(window_days + baseline_days)) }}

)

select * from final
