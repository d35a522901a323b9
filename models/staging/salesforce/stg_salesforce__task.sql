{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'task_id'}}
) }}

with

checked as (

    {{ checked_source('salesforce', 'task') }}

),

final as (

    select
        id as task_id,
        account_id,
        who_id as contact_id,
        owner_id,
        {{ snake_case('type') }} as task_type,
        task_subtype,
        {{ snake_case('status') }} as task_status,
        direction_c as direction,
        call_duration_in_seconds as call_duration_seconds,
        activity_date,
        completed_date_time as completed_at,
        created_date as created_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
