select
    cast(null as varchar) as pulse_id,
    cast(null as varchar) as account_id,
    cast(null as integer) as rating,
    cast(null as date) as rated_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
