select
    cast(null as varchar) as notice_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as notice_type,
    cast(null as date) as notice_on,
    cast(null as date) as effective_on,
    cast(null as date) as withdrawn_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
