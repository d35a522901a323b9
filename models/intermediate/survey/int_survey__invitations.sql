{# A view for its only reader; of a carried warehouse, of the invitations that it replaces. #}
{{ config(materialized='view') }}

with

invitations as (

    select * from {{ ref('stg_surveys__invitations') }}
    {{ changed_only('int_changes__survey_invitations', 'invitation_id') }}

),

respondents as (

    select * from {{ ref('int_survey__respondents') }}

),

dated_invitations as (

    select
        invitations.*,
        {{ reporting_date('sent_at') }} as sent_on,
        {{ known_on('sent_at', 'recorded_at') }} as known_on
    from invitations

),

final as (

    select
        dated_invitations.invitation_id,
        dated_invitations.person_id,
        case
            when respondents.contact_known_on <= dated_invitations.known_on
                then respondents.contact_id
            else dated_invitations.person_id
        end as contact_id,
        dated_invitations.survey_type,
        dated_invitations.is_bounced,
        dated_invitations.sent_on,
        dated_invitations.recorded_at,
        dated_invitations.known_on
    from dated_invitations
    left join respondents on dated_invitations.person_id = respondents.person_id

)

select * from final
