{{ config(materialized='incremental') }}

with

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

field_history as (

    select *
    from {{ changed_part(ref('stg_zendesk__ticket_field_history'), 'int_changes__field_history') }}

),

levels as (

    select
        field_history.ticket_id,
        trim(field_history.value) as escalation_level,
        field_history.updated_at as changed_at,
        field_history.recorded_at,
        greatest(
            {{ known_on('field_history.updated_at', 'field_history.recorded_at') }},
            tickets.known_on
        ) as known_on
    from field_history
    inner join tickets on field_history.ticket_id = tickets.ticket_id
    where field_history.field_name = 'custom_escalation' and field_history.value is not null

),

arrivals as (

    select
        levels.*,
        min(levels.known_on) over (
            partition by levels.ticket_id
            order by levels.changed_at asc
            range between current row and unbounded following
        ) as first_known_on
    from levels

),

{# An escalation ends where the next value begins: resolved, or a rise to the other level. #}
ranges as (

    select
        ticket_id,
        escalation_level,
        changed_at,
        recorded_at,
        known_on,
        lead(changed_at) over (partition by ticket_id order by changed_at asc) as resolved_at,
        lead(known_on) over (partition by ticket_id order by changed_at asc) as resolved_known_on
    from arrivals
    where known_on <= first_known_on

),

final as (

    select
        {{ surrogate_key(['ticket_id', 'changed_at']) }} as escalation_id,
        ticket_id,
        escalation_level,
        changed_at as escalated_at,
        resolved_at,
        recorded_at,
        known_on,
        resolved_known_on
    from ranges
    where escalation_level != 'resolved' and escalation_level != ''

)

select * from final
