select
    cast(null as varchar) as escalation_id,
    cast(null as varchar) as ticket_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as escalation_level,
    cast(null as integer) as severity,
    cast(null as date) as escalated_on,
    cast(null as date) as resolved_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on,
    cast(null as date) as resolved_known_on
where false
