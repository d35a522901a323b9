{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'ticket_id'}}
) }}

with

checked as (

    {{ checked_source('zendesk', 'ticket') }}

),

final as (

    select
        id as ticket_id,
        organization_id,
        requester_id,
        submitter_id,
        assignee_id,
        group_id,
        external_id,
        status as ticket_status,
        type as ticket_type,
        {{ snake_case('via_channel') }} as via_channel,
        cast(priority as integer) as severity,
        created_at,
        updated_at,
        due_at,
        is_public,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
