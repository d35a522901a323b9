select
    cast(null as varchar) as ticket_id,
    cast(null as varchar) as account_id,
    cast(null as timestamp) as opened_at,
    cast(null as date) as opened_on,
    cast(null as integer) as severity,
    cast(null as varchar) as ticket_type,
    cast(null as boolean) as has_sla,
    cast(null as double) as sla_first_response_minutes,
    cast(null as double) as sla_resolution_minutes,
    cast(null as timestamp) as first_response_at,
    cast(null as double) as first_response_minutes,
    cast(null as date) as first_response_known_on,
    cast(null as date) as first_solved_on,
    cast(null as date) as solved_known_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
