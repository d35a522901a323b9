{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'invitation_id': 'int_changes__survey_invitations'}}
) }}

with

invitations as (

    select * from {{ ref('int_survey__invitations') }}
    {{ changed_only('int_changes__survey_invitations', 'invitation_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        invitations.invitation_id,
        account_sources.account_id,
        invitations.contact_id,
        invitations.survey_type,
        invitations.is_bounced,
        invitations.sent_on,
        invitations.recorded_at,
        greatest(invitations.known_on, account_sources.known_on) as known_on
    from invitations
    inner join account_sources
        on
            account_sources.source_system = 'surveys'
            and invitations.person_id = account_sources.source_key
            and {{ valid_on('invitations.sent_on', 'account_sources') }}

)

select * from final
