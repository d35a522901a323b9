select
    cast(null as varchar) as mention_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as platform,
    cast(null as varchar) as mention_subject,
    cast(null as varchar) as competitor,
    cast(null as double) as polarity,
    cast(null as integer) as reach,
    cast(null as date) as posted_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
