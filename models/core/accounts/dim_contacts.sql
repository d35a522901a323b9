select
    cast(null as varchar) as contact_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as email_domain,
    cast(null as varchar) as department,
    cast(null as date) as created_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
