{%- set window_days = metric_parameter('customer_headcount_growth', 'window_days') | int -%}
with

headcounts as (

    select * from {{ ref('fct_headcounts') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_affected__grid_spans') }}

),

{# A vintage holds until a later one is known; a year on, it is the base of the growth rate. #}
vintages as (

    select
        account_id,
        vintage_date,
        employee_count,
        known_on,
        greatest({{ add_days('vintage_date', window_days) }}, known_on) as base_from,
        min(known_on) over (
            partition by account_id order by vintage_date, known_on
            rows between 1 following and unbounded following
        ) as replaced_on
    from headcounts
    where employee_count is not null

),

vintage_spans as (

    select
        account_id,
        vintage_date,
        employee_count,
        known_on as starts_on,
        replaced_on as ends_on,
        'current' as vintage_use
    from vintages
    union all
    select
        account_id,
        vintage_date,
        employee_count,
        base_from as starts_on,
        min(base_from) over (
            partition by account_id order by vintage_date, known_on
            rows between 1 following and unbounded following
        ) as ends_on,
        'base' as vintage_use
    from vintages

),

spans as (

    select * from vintage_spans
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

final as (

    select
        spans.account_id,
        grid_spans.as_of_date,
        max(spans.vintage_date) filter (where spans.vintage_use = 'current') as vintage_date,
        max(spans.employee_count) filter (where spans.vintage_use = 'current') as employee_count,
        max(spans.vintage_date) filter (where spans.vintage_use = 'base') as base_vintage_date,
        max(spans.employee_count) filter (where spans.vintage_use = 'base') as base_employee_count
    from spans
    inner join grid_days as start_days
        on {{ counted_on('spans.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on spans.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number
    group by spans.account_id, grid_spans.as_of_date

)

select * from final
