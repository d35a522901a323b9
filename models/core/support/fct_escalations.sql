{{ config(materialized='incremental') }}

with

escalations as (

    select * from {{ ref('int_support__escalations') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

dated_escalations as (

    select
        escalations.*,
        tickets.organization_id,
        tickets.severity,
        {{ reporting_date('escalations.escalated_at') }} as escalated_on,
        {{ reporting_date('escalations.resolved_at') }} as resolved_on
    from escalations
    inner join tickets on escalations.ticket_id = tickets.ticket_id

),

final as (

    select
        dated_escalations.escalation_id,
        dated_escalations.ticket_id,
        account_sources.account_id,
        dated_escalations.escalation_level,
        dated_escalations.severity,
        dated_escalations.escalated_on,
        dated_escalations.resolved_on,
        dated_escalations.recorded_at,
        greatest(dated_escalations.known_on, account_sources.known_on) as known_on,
        dated_escalations.resolved_known_on
    from dated_escalations
    inner join account_sources
        on
            account_sources.source_system = 'zendesk'
            and dated_escalations.organization_id = account_sources.source_key
            and {{ valid_on('dated_escalations.escalated_on', 'account_sources') }}

)

select * from final
