select
    cast(null as varchar) as ticket_span_id,
    cast(null as varchar) as ticket_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as ticket_status,
    cast(null as integer) as severity,
    cast(null as timestamp) as starts_at,
    cast(null as date) as starts_on,
    cast(null as date) as ends_on,
    cast(null as boolean) as is_reopened,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on,
    cast(null as date) as ended_known_on
where false
