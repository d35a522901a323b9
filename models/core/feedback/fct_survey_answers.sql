select
    cast(null as varchar) as response_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as contact_id,
    cast(null as varchar) as survey_type,
    cast(null as double) as score,
    cast(null as varchar) as respondent_role,
    cast(null as date) as answered_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
