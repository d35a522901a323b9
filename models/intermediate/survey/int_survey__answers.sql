{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'response_id': 'int_changes__survey_answers'}}
) }}

with

survey_responses as (

    select * from {{ ref('stg_surveys__survey_responses') }}
    {{ changed_only('int_changes__survey_answers', 'response_id') }}

),

respondents as (

    select * from {{ ref('int_survey__respondents') }}

),

dated_answers as (

    select
        survey_responses.*,
        {{ reporting_date('answered_at') }} as answered_on,
        {{ known_on('answered_at', 'recorded_at') }} as known_on
    from survey_responses

),

{# Who was no contact yet stays a person, so that an old answer never changes its author. #}
final as (

    select
        dated_answers.response_id,
        dated_answers.person_id,
        case
            when respondents.contact_known_on <= dated_answers.known_on
                then respondents.contact_id
            else dated_answers.person_id
        end as contact_id,
        dated_answers.survey_type,
        cast(dated_answers.score as {{ type_double() }}) as score,
        dated_answers.text_hash,
        dated_answers.text_length,
        dated_answers.answered_on,
        dated_answers.recorded_at,
        dated_answers.known_on
    from dated_answers
    left join respondents on dated_answers.person_id = respondents.person_id

)

select * from final
