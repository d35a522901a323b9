with

survey_responses as (

    select * from {{ ref('stg_surveys__survey_responses') }}

),

respondents as (

    select * from {{ ref('int_survey__respondents') }}

),

changed_people as (

    select * from {{ ref('int_changes__survey_people') }}

),

changed_responses as (

    {{ landed_values(ref('stg_surveys__survey_responses'), ['response_id']) }}

),

changed_roles as (

    {{ changed_rows(ref('stg_customer_success__contact_tag'), ['contact_id']) }}

),

changed_scores as (

    {{ changed_rows(ref('stg_derived__text_sentiment'), ['text_hash']) }}

),

{# The role that somebody had when answering gives the answer its weight. #}
people as (

    select person_id from changed_people
    union distinct
    select contact_id as person_id from changed_roles
    union distinct
    select respondents.person_id
    from respondents
    inner join changed_roles on respondents.contact_id = changed_roles.contact_id

),

changes as (

    select response_id from changed_responses
    union distinct
    select survey_responses.response_id
    from survey_responses
    inner join people on survey_responses.person_id = people.person_id
    union distinct
    select survey_responses.response_id
    from survey_responses
    inner join changed_scores on survey_responses.text_hash = changed_scores.text_hash

),

final as (

    select response_id from changes

)

select * from final
