{# A view for its only reader; of a carried warehouse, of the tickets that it replaces. #}
{{ config(materialized='view') }}

with

states as (

    select * from {{ ref('int_support__ticket_states') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

reopenings as (

    select * from {{ ref('int_support__reopenings') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

state_ranges as (

    select
        states.*,
        lead(states.changed_at) over (
            partition by states.ticket_id order by states.changed_at asc
        ) as next_at,
        lead(states.known_on) over (
            partition by states.ticket_id order by states.changed_at asc
        ) as next_known_on
    from states

),

{#
    A reopening is a fact from the agent's action on, not from the customer's reply. So the action
    begins a span of its own, which carries the flag and is known when the action is.
#}
moments as (

    select
        ticket_id,
        changed_at as starts_at,
        ticket_status,
        severity,
        false as is_reopened,
        recorded_at,
        known_on
    from states
    union all
    select
        state_ranges.ticket_id,
        reopenings.acted_at as starts_at,
        state_ranges.ticket_status,
        state_ranges.severity,
        true as is_reopened,
        reopenings.recorded_at,
        reopenings.known_on
    from reopenings
    inner join state_ranges
        on
            reopenings.ticket_id = state_ranges.ticket_id
            and reopenings.acted_at >= state_ranges.changed_at
            and (state_ranges.next_at is null or reopenings.acted_at < state_ranges.next_at)
    where state_ranges.next_known_on is null or reopenings.known_on <= state_ranges.next_known_on

),

merged as (

    select
        ticket_id,
        starts_at,
        max(ticket_status) as ticket_status,
        max(severity) as severity,
        max(case when is_reopened then 1 else 0 end) = 1 as is_reopened,
        max(recorded_at) as recorded_at,
        max(known_on) as known_on
    from moments
    group by ticket_id, starts_at

),

final as (

    select
        ticket_id,
        ticket_status,
        severity,
        is_reopened,
        starts_at,
        lead(starts_at) over (partition by ticket_id order by starts_at asc) as ends_at,
        recorded_at,
        known_on,
        lead(known_on) over (partition by ticket_id order by starts_at asc) as ended_known_on
    from merged

)

select * from final
