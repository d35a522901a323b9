with

checked as (

    {{ checked_source('marketing', 'event_attendance') }}

),

final as (

    select
        id as event_attendance_id,
        {{ email_hash('contact_email') }} as email_hash,
        {{ email_domain('contact_email') }} as email_domain,
        event_type,
        event_name,
        registered_at,
        attended_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
