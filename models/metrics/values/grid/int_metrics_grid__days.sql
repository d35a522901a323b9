{%- set calendar_days = metric_parameter('source_clocks', 'calendar_days') | int -%}
with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

numbers as (

    {{ dbt.generate_series(calendar_days) }}

),

as_of_dates as (

    select distinct as_of_date from spine

),

numbered_dates as (

    select
        as_of_date,
        row_number() over (order by as_of_date asc) as date_number
    from as_of_dates

),

last_dates as (

    select max(as_of_date) as last_as_of_date
    from as_of_dates

),

days as (

    select
        {{ add_days(
            'last_dates.last_as_of_date', '1 - cast(numbers.generated_number as integer)'
        ) }} as calendar_date
    from last_dates
    cross join numbers

),

{# The first date of the spine on which something of this day can count. #}
final as (

    select
        days.calendar_date,
        min(numbered_dates.date_number) over (
            order by days.calendar_date asc
            rows between current row and unbounded following
        ) as date_number
    from days
    left join numbered_dates on days.calendar_date = numbered_dates.as_of_date

)

select * from final
