{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'email_event_id'}}
) }}

with

checked as (

    {{ checked_source('marketing', 'email_event_click') }}

),

final as (

    select
        id as email_event_id,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
