select
    cast(null as varchar) as source_system,
    cast(null as varchar) as source_key,
    cast(null as varchar) as account_id,
    cast(null as varchar) as match_method,
    cast(null as double) as match_confidence,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to
where false
