select
    cast(null as varchar) as invitation_id,
    cast(null as varchar) as account_id,
    cast(null as varchar) as contact_id,
    cast(null as varchar) as survey_type,
    cast(null as boolean) as is_bounced,
    cast(null as date) as sent_on,
    cast(null as timestamp) as recorded_at,
    cast(null as date) as known_on
where false
