select
    cast(null as varchar) as play_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as play,
    cast(null as date) as started_on,
    cast(null as date) as ended_on,
    cast(null as varchar) as outcome,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
