{%- set week_days = metric_parameter('usage_windows', 'week_days') | int -%}
{%- set weeks = metric_parameter('usage_windows', 'weeks') | int -%}
with

calendar as (

    select * from {{ ref('int_metrics_usage__calendar') }}

),

as_of_dates as (

    select distinct first_counted_on as as_of_date from calendar

),

aged_days as (

    select
        as_of_dates.as_of_date,
        calendar.block_number,
        calendar.day_bit,
        {{ days_between('calendar.calendar_date', 'as_of_dates.as_of_date') }} as age_days
    from as_of_dates
    inner join calendar
        on
            as_of_dates.as_of_date >= calendar.calendar_date
            and {{ add_days('as_of_dates.as_of_date', -weeks * week_days) }}
            < calendar.calendar_date

),

{# Week 0 is the one that ends on the date itself. #}
final as (

    select
        as_of_date,
        {%- for week in range(weeks) %}
        coalesce(
            {{ bits_in_any('day_bit') }} filter (
                where age_days >= {{ week * week_days }} and age_days < {{ (week + 1) * week_days }}
            ),
            0
        ) as week_{{ week }}_days,
        {%- endfor %}
        block_number
    from aged_days
    group by as_of_date, block_number

)

select * from final
