select
    cast(null as varchar) as external_event_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as event_type,
    cast(null as double) as severity_points,
    cast(null as date) as event_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
