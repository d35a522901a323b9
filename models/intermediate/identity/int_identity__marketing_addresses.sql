{{ config(materialized='view') }}

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
        email_hash,
        email_domain,
        recorded_at
    from marketing_contacts
    where email_hash is not null
    union all
    select
        email_hash,
        email_domain,
        min(recorded_at) as recorded_at
    from email_events
    where email_hash is not null
    group by
        email_hash,
        email_domain
    union all
    select
        email_hash,
        email_domain,
        recorded_at
    from event_attendances
    where email_hash is not null

),

final as (

    select
        email_hash,
        email_domain,
        min(recorded_at) as recorded_at
    from mentions_of_addresses
    group by
        email_hash,
        email_domain

)

select * from final
