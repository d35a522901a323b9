{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'group_call_id'}}
) }}

with

checked as (

    {{ checked_source('product_events', 'groups') }}

),

final as (

    select
        id as group_call_id,
        group_id,
        crm_account_id,
        domain,
        name as group_name,
        timestamp as event_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
