with

checked as (

    {{ checked_source('marketing', 'email_event') }}

),

final as (

    select
        id as email_event_id,
        email_campaign_id,
        obsoleted_by_id,
        type as event_type,
        lower(recipient) as recipient_email,
        created as created_at,
        coalesce(filtered_event, false) as is_filtered,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
