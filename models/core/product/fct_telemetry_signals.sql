select
    cast(null as varchar) as account_id,
    cast(null as date) as signal_on,
    cast(null as date) as known_on
where false
