with

marketing_contacts as (

    select * from {{ ref('stg_marketing__contact') }}

),

email_events as (

    select * from {{ ref('stg_marketing__email_event') }}

),

event_attendances as (

    select * from {{ ref('stg_marketing__event_attendance') }}

),

mentions_of_addresses as (

    select
        email,
        recorded_at
    from marketing_contacts
    where email is not null
    union all
    select
        recipient_email as email,
        min(recorded_at) as recorded_at
    from email_events
    where recipient_email is not null
    group by recipient_email
    union all
    select
        contact_email as email,
        recorded_at
    from event_attendances
    where contact_email is not null

),

final as (

    select
        email,
        {{ email_domain('email') }} as email_domain,
        min(recorded_at) as recorded_at
    from mentions_of_addresses
    group by email

)

select * from final
