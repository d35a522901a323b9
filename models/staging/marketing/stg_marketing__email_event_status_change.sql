{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'email_event_id'}}
) }}

with

checked as (

    {{ checked_source('marketing', 'email_event_status_change') }}

),

final as (

    select
        id as email_event_id,
        {{ snake_case('portal_subscription_status') }} as subscription_status,
        {{ snake_case('requested_by') }} as requested_by,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
