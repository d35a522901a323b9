select
    cast(null as varchar) as plan_tier,
    cast(null as varchar) as feature_id,
    cast(null as boolean) as is_core,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    cast(null as date) as known_on
where false
