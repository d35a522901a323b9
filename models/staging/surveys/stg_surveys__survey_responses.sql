{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'response_id'}}
) }}

with

checked as (

    {{ checked_source('surveys', 'survey_responses') }}

),

final as (

    select
        id as response_id,
        person as person_id,
        survey_type,
        md5(comment) as text_hash,
        cast(length(comment) as integer) as text_length,
        score,
        created_at as answered_at,
        updated_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
