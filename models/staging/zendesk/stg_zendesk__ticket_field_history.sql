{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'ticket_id': 'ticket_id'}}
) }}

with

checked as (

    {{ checked_source('zendesk', 'ticket_field_history') }}

),

final as (

    select
        ticket_id,
        user_id,
        lower(field_name) as field_name,
        {{ kept_field_value('field_name', 'value') }} as value,  -- noqa: RF04
        updated as updated_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
