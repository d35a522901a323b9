select
    cast(null as varchar) as marketing_touch_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as contact_key,
    cast(null as varchar) as touch_type,
    cast(null as date) as touched_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
