{{ config(
    materialized='incremental',
    incremental_strategy='landed_groups',
    meta={'landed_by': {'id': 'invitation_id'}}
) }}

with

checked as (

    {{ checked_source('surveys', 'invitations') }}

),

final as (

    select
        id as invitation_id,
        person as person_id,
        survey_type,
        sent_at,
        coalesce(status = 'bounced', false) as is_bounced,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
