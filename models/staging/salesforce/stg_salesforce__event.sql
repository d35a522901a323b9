{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'event_id'}}
) }}

with

checked as (

    {{ checked_source('salesforce', 'event') }}

),

final as (

    select
        id as event_id,
        account_id,
        who_id as contact_id,
        owner_id,
        {{ snake_case('type') }} as event_type,
        {{ snake_case('event_subtype') }} as event_subtype,
        outcome_c as outcome,
        start_date_time as starts_at,
        end_date_time as ends_at,
        created_date as created_at,
        cancelled_at_c as cancelled_at,
        coalesce(is_child, false) as is_child,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
