select
    cast(null as varchar) as interaction_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as contact_id,
    cast(null as varchar) as interaction_type,
    cast(null as boolean) as is_two_way,
    cast(null as varchar) as outcome,
    cast(null as date) as occurred_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
