select
    cast(null as varchar) as industry_factor_id,
    cast(null as varchar) as industry,
    cast(null as varchar) as factor_type,
    cast(null as double) as effect_points,
    cast(null as varchar) as author_role,
    cast(null as varchar) as evidence,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    cast(null as date) as review_by,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
