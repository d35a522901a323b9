{{ config(materialized='view') }}

with

checked as (

    {{ checked_source('marketing', 'email_event_delivered') }}

),

final as (

    select
        id as email_event_id,
        smtp_id,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
