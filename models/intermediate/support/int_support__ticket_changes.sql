with

tickets as (

    select * from {{ ref('int_support__tickets') }}

),

field_history as (

    select * from {{ ref('stg_zendesk__ticket_field_history') }}

),

users as (

    select * from {{ ref('stg_zendesk__user') }}

),

status_values as (

    select * from {{ ref('ticket_status_values') }}

),

enum_mappings as (

    select * from {{ ref('enum_mappings') }}

),

creations as (

    select
        ticket_id,
        'open' as ticket_status,
        severity,
        false as is_agent_change,
        opened_at as changed_at,
        recorded_at,
        known_on
    from tickets

),

{# Changes at the moment of creation only repeat what the ticket began with. #}
changes as (

    select
        field_history.ticket_id,
        status_values.ticket_status,
        cast(priorities.canonical_value as integer) as severity,
        coalesce(
            field_history.field_name = 'status' and users.user_role in ('agent', 'admin'), false
        ) as is_agent_change,
        field_history.updated_at as changed_at,
        field_history.recorded_at,
        greatest(
            {{ known_on('field_history.updated_at', 'field_history.recorded_at') }},
            tickets.known_on
        ) as known_on
    from field_history
    inner join tickets on field_history.ticket_id = tickets.ticket_id
    left join users on field_history.user_id = users.user_id
    left join enum_mappings as statuses
        on
            field_history.field_name = 'status'
            and statuses.enum_name = 'ticket_status'
            and {{ snake_case('field_history.value') }} = statuses.raw_value
    left join status_values on statuses.canonical_value = status_values.source_status
    left join enum_mappings as priorities
        on
            field_history.field_name = 'priority'
            and priorities.enum_name = 'ticket_severity'
            and {{ snake_case('field_history.value') }} = priorities.raw_value
    where
        field_history.updated_at > tickets.opened_at
        and (status_values.ticket_status is not null or priorities.canonical_value is not null)

),

all_changes as (

    select * from creations
    union all
    select * from changes

),

{#
    A change that arrives after a later one is already known tells of a state that was over before
    anybody could know it. Keeping it would alter dates that were already scored.
#}
arrivals as (

    select
        all_changes.*,
        min(all_changes.known_on) over (
            partition by all_changes.ticket_id
            order by all_changes.changed_at asc
            range between current row and unbounded following
        ) as first_known_on
    from all_changes

),

{# The status and the priority may change at one moment: that is one change. #}
final as (

    select
        ticket_id,
        changed_at,
        max(ticket_status) as ticket_status,
        max(severity) as severity,
        max(case when is_agent_change then 1 else 0 end) = 1 as is_agent_change,
        max(recorded_at) as recorded_at,
        max(known_on) as known_on
    from arrivals
    where known_on <= first_known_on
    group by ticket_id, changed_at

)

select * from final
