select
    cast(null as varchar) as text_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as text_source,
    cast(null as varchar) as text_hash,
    cast(null as double) as sentiment_compound,
    cast(null as boolean) as is_supported_language,
    cast(null as varchar) as scorer_version,
    cast(null as date) as written_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
