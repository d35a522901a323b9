{{ config(materialized='incremental') }}

with

tickets as (

    select * from {{ ref('stg_zendesk__ticket') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

users as (

    select * from {{ ref('stg_zendesk__user') }}

),

initial_severities as (

    select * from {{ ref('int_support__initial_severities') }}

),

{# Agents open tickets on behalf of people whose organization the ticket does not carry. #}
final as (

    select
        tickets.ticket_id,
        coalesce(tickets.organization_id, users.organization_id) as organization_id,
        tickets.requester_id,
        tickets.ticket_type,
        initial_severities.severity,
        tickets.created_at as opened_at,
        {{ reporting_date('tickets.created_at') }} as opened_on,
        tickets.recorded_at,
        case
            when tickets.organization_id is null
                then {{ later_start(
                    known_on('tickets.created_at', 'tickets.recorded_at'),
                    known_on('coalesce(users.created_at, users.recorded_at)', 'users.recorded_at'),
                ) }}
            else {{ known_on('tickets.created_at', 'tickets.recorded_at') }}
        end as known_on
    from tickets
    inner join initial_severities on tickets.ticket_id = initial_severities.ticket_id
    left join users on tickets.requester_id = users.user_id

)

select * from final
