select
    cast(null as varchar) as contraction_id,
    cast(null as varchar) as account_id,
    cast(null as date) as contracted_on,
    cast(null as double) as lost_ratio,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
