{{ config(materialized='incremental') }}

with

ticket_spans as (

    select * from {{ ref('int_support__ticket_spans') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

dated_spans as (

    select
        ticket_spans.*,
        tickets.organization_id,
        {{ reporting_date('ticket_spans.starts_at') }} as starts_on,
        {{ reporting_date('ticket_spans.ends_at') }} as ends_on
    from ticket_spans
    inner join tickets on ticket_spans.ticket_id = tickets.ticket_id

),

final as (

    select
        dated_spans.ticket_id,
        account_sources.account_id,
        dated_spans.ticket_status,
        dated_spans.severity,
        dated_spans.starts_at,
        dated_spans.starts_on,
        dated_spans.ends_on,
        dated_spans.is_reopened,
        dated_spans.recorded_at,
        greatest(dated_spans.known_on, account_sources.known_on) as known_on,
        dated_spans.ended_known_on
    from dated_spans
    inner join account_sources
        on
            account_sources.source_system = 'zendesk'
            and dated_spans.organization_id = account_sources.source_key
            and {{ valid_on('dated_spans.starts_on', 'account_sources') }}

)

select * from final
