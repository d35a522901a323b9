select
    cast(null as varchar) as opportunity_span_id,
    cast(null as varchar) as opportunity_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as opportunity_type,
    cast(null as varchar) as stage_name,
    cast(null as double) as amount,
    cast(null as double) as win_probability,
    cast(null as boolean) as is_open,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on,
    cast(null as date) as ended_known_on
where false
