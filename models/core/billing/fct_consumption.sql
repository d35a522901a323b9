select
    cast(null as varchar) as consumption_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as subscription_id,
    cast(null as double) as units,
    cast(null as date) as period_start,
    cast(null as date) as period_end,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
