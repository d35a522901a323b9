select
    cast(null as varchar) as contact_role_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as contact_id,
    cast(null as varchar) as contact_role,
    cast(null as date) as valid_from,
    cast(null as date) as valid_to,
    cast(null as boolean) as has_departed,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on,
    cast(null as date) as ended_known_on
where false
