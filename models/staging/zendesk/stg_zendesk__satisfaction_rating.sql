{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'satisfaction_rating_id'}}
) }}

with

checked as (

    {{ checked_source('zendesk', 'satisfaction_rating') }}

),

final as (

    select
        id as satisfaction_rating_id,
        ticket_id,
        requester_id,
        assignee_id,
        {{ snake_case('reason') }} as reason,
        md5(comment) as text_hash,
        cast(length(comment) as integer) as text_length,
        {{ csat_score('score') }} as score_1_to_5,
        created_at,
        updated_at,
        {{ is_positive_csat('score') }} as is_positive,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
