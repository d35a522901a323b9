{%- set tomorrow = add_days(as_of_date(), 1) -%}
{%- if setting('spine_grain') == 'week' -%}
    {%- set grid_date = add_days(
        "cast(date_trunc('week', " ~ tomorrow ~ ") as date)", '-1 - 7 * periods_back.series_number'
    ) -%}
{%- else -%}
    {%- set grid_date = add_days(
        add_months(
            "cast(date_trunc('month', " ~ tomorrow ~ ") as date)", '-periods_back.series_number'
        ),
        -1
    ) -%}
{%- endif -%}
with

periods_back as (

    {{ number_series(setting('history_periods')) }}

),

{# The grid is fixed in the calendar: a date's score does not depend on the day of the run. #}
grid_dates as (

    select
        {{ grid_date }} as as_of_date
    from periods_back

),

all_dates as (

    select as_of_date
    from grid_dates
    union
    select {{ as_of_date() }} as as_of_date

),

final as (

    select
        as_of_date,
        as_of_date = {{ as_of_date() }} as is_current
    from all_dates

)

select * from final
