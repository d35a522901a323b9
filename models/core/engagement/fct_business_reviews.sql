select
    cast(null as varchar) as business_review_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as review_status,
    cast(null as date) as scheduled_on,
    cast(null as date) as held_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
