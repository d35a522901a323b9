select
    cast(null as varchar) as rating_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as ticket_id,
    cast(null as boolean) as is_positive,
    cast(null as date) as rated_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
