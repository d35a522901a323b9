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

contact_roles as (

    select * from {{ ref('int_success__contact_roles') }}

),

role_ranks as (

    select * from {{ ref('contact_role_ranks') }}

),

{#
    The role that the person had when answering, as far as it was known when the answer was: a tag
    that is set later must not give an old answer more weight.
#}
roles_then as (

    select
        answers.response_id,
        role_ranks.respondent_role,
        row_number() over (
            partition by answers.response_id
            order by role_ranks.respondent_rank asc
        ) as role_rank
    from answers
    inner join contact_roles
        on
            answers.contact_id = contact_roles.contact_id
            and answers.answered_on >= contact_roles.valid_from
            and answers.known_on >= contact_roles.known_on
            and (
                contact_roles.valid_to is null
                or answers.answered_on < contact_roles.valid_to
                or answers.known_on < contact_roles.ended_known_on
            )
    inner join role_ranks on contact_roles.contact_role = role_ranks.contact_role

),

final as (

    select
        response_id,
        respondent_role
    from roles_then
    where role_rank = 1

)

select * from final
