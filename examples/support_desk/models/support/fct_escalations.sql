with

states as (

    select * from {{ ref('int_incident_log__states') }}

),

{# The desk has no escalations of its own; a raised priority is the same event under another name. #}
final as (

    select
        md5(ticket_id || '|' || cast(updated_at as varchar)) as escalation_id,
        ticket_id,
        account_id,
        'support' as escalation_level,
        severity,
        cast(updated_at as date) as escalated_on,
        cast(null as date) as resolved_on,
        updated_at as recorded_at,
        cast(updated_at as date) as known_on,
        cast(null as date) as resolved_known_on
    from states
    where severity < previous_severity

)

select * from final
