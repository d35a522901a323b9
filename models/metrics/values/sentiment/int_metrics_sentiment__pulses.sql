with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

pulses as (

    select * from {{ ref('fct_csm_pulses') }}

),

pulse_points as (

    select * from {{ ref('pulse_points') }}

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

final as (

    select
        spine.account_id,
        spine.as_of_date,
        rated.pulse_points,
        rated.rated_on
    from rated
    inner join spine
        on
            rated.account_id = spine.account_id
            and {{ valid_on('spine.as_of_date', 'rated', 'starts_on', 'ends_on') }}

)

select * from final
