select
    cast(null as varchar) as contact_key,
    cast(null as varchar) as account_id,
    cast(null as boolean) as is_marketable,
    cast(null as date) as created_on,
    cast(null as date) as known_on
where false
