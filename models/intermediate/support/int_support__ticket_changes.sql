{# A view for its only reader; of a carried warehouse, of the tickets that it replaces. #}
{{ config(materialized='view') }}

with

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

field_history as (

    select *
    from {{ changed_part(ref('stg_zendesk__ticket_field_history'), 'int_changes__field_history') }}

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

named_values as (

    select
        ticket_id,
        user_id,
        case field_name
            when 'status' then 'ticket_status'
            else 'ticket_severity'
        end as enum_name,
        {{ snake_case('value') }} as raw_value,
        updated_at,
        recorded_at
    from field_history
    where field_name in ('status', 'priority')

),

{# Changes at the moment of creation only repeat what the ticket began with. #}
changes as (

    select
        named_values.ticket_id,
        status_values.ticket_status,
        case
            when named_values.enum_name = 'ticket_severity'
                then cast(enum_mappings.canonical_value as integer)
        end as severity,
        coalesce(
            status_values.ticket_status is not null
            and users.user_role in ('agent', 'admin'),
            false
        ) as is_agent_change,
        named_values.updated_at as changed_at,
        named_values.recorded_at,
        greatest(
            {{ known_on('named_values.updated_at', 'named_values.recorded_at') }},
            tickets.known_on
        ) as known_on
    from named_values
    inner join tickets on named_values.ticket_id = tickets.ticket_id
    inner join enum_mappings
        on
            named_values.enum_name = enum_mappings.enum_name
            and named_values.raw_value = enum_mappings.raw_value
    left join status_values
        on
            named_values.enum_name = 'ticket_status'
            and enum_mappings.canonical_value = status_values.source_status
    left join users
        on
            named_values.user_id = users.user_id
            and {{ known_on('named_values.updated_at', 'named_values.recorded_at') }}
            >= {{ known_on('coalesce(users.created_at, users.recorded_at)', 'users.recorded_at') }}
    where named_values.updated_at > tickets.opened_at

),

all_changes as (

    select * from creations
    union all
    select * from changes

),

{# A change that arrives after a later one is already known tells of a state that was over before
   anybody could know it. Keeping it would alter dates that were already scored. #}
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

{# The status and the priority may change at once: that is one change. #}
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
