{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'response_id': 'int_changes__survey_answers'}}
) }}

with

answers as (

    select * from {{ ref('int_survey__answers') }}
    {{ changed_only('int_changes__survey_answers', 'response_id') }}

),

respondent_roles as (

    select * from {{ ref('int_survey__respondent_roles') }}
    {{ changed_only('int_changes__survey_answers', 'response_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        answers.response_id,
        account_sources.account_id,
        answers.contact_id,
        answers.survey_type,
        answers.score,
        coalesce(respondent_roles.respondent_role, 'user') as respondent_role,
        answers.answered_on,
        answers.recorded_at,
        greatest(answers.known_on, account_sources.known_on) as known_on
    from answers
    inner join account_sources
        on
            account_sources.source_system = 'surveys'
            and answers.person_id = account_sources.source_key
            and {{ valid_on('answers.answered_on', 'account_sources') }}
    left join respondent_roles on answers.response_id = respondent_roles.response_id

)

select * from final
