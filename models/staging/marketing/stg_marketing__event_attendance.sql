with

checked as (

    {{ checked_source('marketing', 'event_attendance') }}

),

final as (

    select
        id as event_attendance_id,
        lower(contact_email) as contact_email,
        event_type,
        event_name,
        registered_at,
        attended_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
