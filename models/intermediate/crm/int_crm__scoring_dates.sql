with

periods_back as (

    {{ number_series(var('history_periods')) }}

),

{# The grid is fixed in the calendar: a date's score does not depend on the day of the run. #}
grid_dates as (

    select
        {%- if var('spine_grain') == 'week' %}
        {{ add_days(
            "cast(date_trunc('week', " ~ add_days(as_of_date(), 1) ~ ") as date)",
            '-1 - 7 * periods_back.series_number'
        ) }} as as_of_date
        {%- elif var('spine_grain') == 'month' %}
        {{ add_days(
            add_months(
                "cast(date_trunc('month', " ~ add_days(as_of_date(), 1) ~ ") as date)",
                '-periods_back.series_number'
            ),
            -1
        ) }} as as_of_date
        {%- else %}
        {{ exceptions.raise_compiler_error(
            "vars.spine_grain in dbt_project.yml must be week or month, got: " ~ var('spine_grain')
        ) }}
        {%- endif %}
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
