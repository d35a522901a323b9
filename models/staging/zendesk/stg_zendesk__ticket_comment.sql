{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'ticket_comment_id'}}
) }}

with

checked as (

    {{ checked_source('zendesk', 'ticket_comment') }}

),

final as (

    select
        id as ticket_comment_id,
        ticket_id,
        user_id,
        md5(body) as text_hash,
        {{ snake_case('via_channel') }} as via_channel,
        cast(length(body) as integer) as text_length,
        created as created_at,
        public as is_public,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
