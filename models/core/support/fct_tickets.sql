{{ config(materialized='incremental') }}

with

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

first_responses as (

    select * from {{ ref('int_support__first_responses') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

ticket_states as (

    select * from {{ ref('int_support__ticket_states') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

account_calendars as (

    select * from {{ ref('dim_account_calendars') }}

),

sla_targets as (

    select * from {{ ref('sla_targets') }}

),

solved_states as (

    select
        ticket_id,
        changed_at,
        known_on,
        row_number() over (
            partition by ticket_id order by known_on asc, changed_at asc
        ) as solved_rank
    from ticket_states
    where ticket_status = 'solved'

),

final as (

    select
        tickets.ticket_id,
        account_sources.account_id,
        tickets.opened_at,
        tickets.opened_on,
        tickets.severity,
        tickets.ticket_type,
        sla_targets.severity is not null as has_sla,
        cast(sla_targets.first_response_minutes as {{ type_double() }})
            as sla_first_response_minutes,
        cast(sla_targets.resolution_minutes as {{ type_double() }}) as sla_resolution_minutes,
        first_responses.first_response_at,
        {{ business_minutes_between(
            'tickets.opened_at', 'first_responses.first_response_at', 'account_calendars'
        ) }} as first_response_minutes,
        first_responses.first_response_known_on,
        {{ reporting_date('solved_states.changed_at') }} as first_solved_on,
        solved_states.known_on as solved_known_on,
        tickets.recorded_at,
        greatest(tickets.known_on, account_sources.known_on) as known_on
    from tickets
    inner join account_sources
        on
            account_sources.source_system = 'zendesk'
            and tickets.organization_id = account_sources.source_key
            and {{ valid_on('tickets.opened_on', 'account_sources') }}
    inner join account_calendars on account_sources.account_id = account_calendars.account_id
    left join sla_targets on tickets.severity = sla_targets.severity
    left join first_responses on tickets.ticket_id = first_responses.ticket_id
    left join solved_states
        on tickets.ticket_id = solved_states.ticket_id and solved_states.solved_rank = 1

)

select * from final
