{# A view for its only reader; of a carried warehouse, of the tickets that it replaces. #}
{{ config(materialized='view') }}

with

tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

field_history as (

    select *
    from {{ changed_part(ref('stg_zendesk__ticket_field_history'), 'int_changes__field_history') }}

),

enum_mappings as (

    select * from {{ ref('enum_mappings') }}

),

default_severity as (

    select severity
    from {{ ref('sla_targets') }}
    where is_default

),

{# A priority that was recorded after the ticket is a later judgement, not the one it began with. #}
first_priorities as (

    select
        tickets.ticket_id,
        cast(enum_mappings.canonical_value as integer) as severity,
        row_number() over (
            partition by tickets.ticket_id
            order by field_history.updated_at asc, enum_mappings.canonical_value asc
        ) as priority_rank
    from tickets
    inner join field_history on tickets.ticket_id = field_history.ticket_id
    inner join enum_mappings
        on
            enum_mappings.enum_name = 'ticket_severity'
            and {{ snake_case('field_history.value') }} = enum_mappings.raw_value
    where
        field_history.field_name = 'priority'
        and {{ known_on('field_history.updated_at', 'field_history.recorded_at') }}
        <= {{ known_on('tickets.created_at', 'tickets.recorded_at') }}

),

final as (

    select
        tickets.ticket_id,
        coalesce(
            first_priorities.severity, tickets.severity, default_severity.severity
        ) as severity
    from tickets
    left join first_priorities
        on tickets.ticket_id = first_priorities.ticket_id and first_priorities.priority_rank = 1
    cross join default_severity

)

select * from final
