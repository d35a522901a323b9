select
    cast(null as varchar) as account_id,
    cast(null as date) as vintage_date,
    cast(null as integer) as employee_count,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
