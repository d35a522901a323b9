with

pulses as (

    select * from {{ ref('fct_csm_pulses') }}

),

pulse_points as (

    select * from {{ ref('pulse_points') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_affected__grid_spans') }}

),

{# A later rating replaces this one only from the day on which it is known. #}
rated as (

    select
        pulses.account_id,
        pulses.rated_on,
        pulses.known_on as starts_on,
        pulse_points.pulse_points,
        min(pulses.known_on) over (
            partition by pulses.account_id
            order by pulses.rated_on, pulses.pulse_id
            rows between 1 following and unbounded following
        ) as ends_on
    from pulses
    inner join pulse_points on pulses.rating = pulse_points.rating

),

lasting_ratings as (

    select * from rated
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

final as (

    select
        lasting_ratings.account_id,
        grid_spans.as_of_date,
        lasting_ratings.pulse_points,
        lasting_ratings.rated_on
    from lasting_ratings
    inner join grid_days as start_days
        on {{ counted_on('lasting_ratings.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on lasting_ratings.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number

)

select * from final
