{{ config(materialized='incremental') }}

with

changes as (

    select * from {{ ref('int_support__ticket_changes') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

{# A change names only what changed; the number of values so far tells which one still holds. #}
value_runs as (

    select
        changes.*,
        count(changes.ticket_status) over (
            partition by changes.ticket_id
            order by changes.changed_at asc
            rows between unbounded preceding and current row
        ) as status_run,
        count(changes.severity) over (
            partition by changes.ticket_id
            order by changes.changed_at asc
            rows between unbounded preceding and current row
        ) as severity_run
    from changes

),

carried as (

    select
        ticket_id,
        changed_at,
        is_agent_change,
        recorded_at,
        known_on,
        max(ticket_status) over (partition by ticket_id, status_run) as ticket_status,
        max(severity) over (partition by ticket_id, severity_run) as severity
    from value_runs

),

with_previous as (

    select
        carried.*,
        lag(carried.ticket_status) over (
            partition by carried.ticket_id order by carried.changed_at asc
        ) as previous_status,
        lag(carried.severity) over (
            partition by carried.ticket_id order by carried.changed_at asc
        ) as previous_severity
    from carried

),

final as (

    select
        ticket_id,
        changed_at,
        ticket_status,
        severity,
        previous_status,
        is_agent_change,
        recorded_at,
        known_on
    from with_previous
    where
        previous_status is null
        or ticket_status != previous_status
        or severity != previous_severity

)

select * from final
