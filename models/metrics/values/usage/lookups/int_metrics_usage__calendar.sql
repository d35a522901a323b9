{%- set parts = 2 -%}
{%- set window_days = metric_parameter('usage_windows', 'window_days') | int -%}
{%- set baseline_days = metric_parameter('usage_windows', 'baseline_days') | int -%}
{%- set block_days = metric_parameter('usage_windows', 'block_days') | int -%}
{%- set period_days = {'week': 7, 'month': 31}[setting('spine_grain')] -%}
{%- set calendar_days =
    (setting('history_periods') + 2) * period_days + window_days + baseline_days
-%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

numbers as (

    {{ dbt.generate_series(calendar_days) }}

),

as_of_dates as (

    select distinct as_of_date from spine

),

bounds as (

    select
        min(as_of_date) as first_as_of_date,
        max(as_of_date) as last_as_of_date
    from as_of_dates

),

{# Counted back from the last date, so that a block never reaches past it. #}
numbered_days as (

    select
        {{ add_days('bounds.last_as_of_date', '1 - cast(numbers.generated_number as integer)') }}
            as calendar_date,
        bounds.first_as_of_date,
        cast(numbers.generated_number as integer) - 1 as day_number
    from bounds
    cross join numbers

),

days as (

    select
        calendar_date,
        cast(floor(cast(day_number as {{ type_double() }}) / {{ block_days }}) as integer)
            as block_number,
        day_number % {{ block_days }} as day_position
    from numbered_days
    where calendar_date > {{ add_days('first_as_of_date', -(window_days + baseline_days)) }}

),

marked_days as (

    select
        days.calendar_date,
        days.block_number,
        days.day_position,
        as_of_dates.as_of_date,
        days.day_position = 0
        or as_of_dates.as_of_date is not null
        or recent_edges.as_of_date is not null as is_edge,
        baseline_edges.as_of_date is not null as is_baseline_edge
    from days
    left join as_of_dates on days.calendar_date = as_of_dates.as_of_date
    left join as_of_dates as recent_edges
        on {{ add_days('days.calendar_date', window_days) }} = recent_edges.as_of_date
    left join as_of_dates as baseline_edges
        on {{ add_days('days.calendar_date', window_days + baseline_days) }}
            = baseline_edges.as_of_date

),

spans as (

    select
        *,
        min(as_of_date) over (
            order by calendar_date asc rows between current row and unbounded following
        ) as first_counted_on,
        min(case when is_edge then calendar_date end) over (
            order by calendar_date asc rows between current row and unbounded following
        ) as span_ends_on
    from marked_days

),

{# Only the sum of value events needs the far edge of the baseline window. A slot may hold one such
   edge and keeps two counts, which is a third fewer rows than a slot for each side of it. #}
split_spans as (

    select
        *,
        coalesce(
            sum(case when is_baseline_edge and calendar_date < span_ends_on then 1 else 0 end)
                over (
                    partition by span_ends_on
                    order by calendar_date asc
                    rows between unbounded preceding and 1 preceding
                ),
            0
        ) as edges_before
    from spans

),

paired_spans as (

    select
        *,
        floor(cast(edges_before as {{ type_double() }}) / {{ parts }}) as slot_number,
        edges_before % {{ parts }} = 1 as is_after_split
    from split_spans

),

final as (

    select
        calendar_date,
        max(calendar_date) over (partition by span_ends_on, slot_number) as slot_ends_on,
        first_counted_on,
        block_number,
        {{ bit_at('day_position') }} as day_bit,
        is_after_split
    from paired_spans

)

select * from final
