with

states as (

    select * from {{ ref('int_incident_log__states') }}

),

first_solved as (

    select
        ticket_id,
        min(updated_at) as solved_at
    from states
    where ticket_status = 'solved'
    group by ticket_id

),

first_states as (

    select
        *,
        row_number() over (partition by ticket_id order by updated_at) as state_number
    from states

),

{# The log holds neither replies nor service levels, so both stay unknown instead of being guessed. #}
final as (

    select
        first_states.ticket_id,
        first_states.account_id,
        first_states.opened_at,
        cast(first_states.opened_at as date) as opened_on,
        first_states.severity,
        'incident' as ticket_type,
        false as has_sla,
        cast(null as double) as sla_first_response_minutes,
        cast(null as double) as sla_resolution_minutes,
        cast(null as timestamp) as first_response_at,
        cast(null as double) as first_response_minutes,
        cast(null as date) as first_response_known_on,
        cast(first_solved.solved_at as date) as first_solved_on,
        cast(first_solved.solved_at as date) as solved_known_on,
        first_states.updated_at as recorded_at,
        cast(first_states.updated_at as date) as known_on
    from first_states
    left join first_solved on first_states.ticket_id = first_solved.ticket_id
    where first_states.state_number = 1

)

select * from final
