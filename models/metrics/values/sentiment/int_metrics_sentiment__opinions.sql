{{ config(materialized='view') }}

{%- set nps_days = metric_parameter('nps_account', 'window_days') | int -%}
{%- set csat_days = metric_parameter('csat_share', 'window_days') | int -%}
{%- set text_days = metric_parameter('text_sentiment', 'window_days') | int -%}
with

survey_answers as (

    select * from {{ ref('fct_survey_answers') }}
    {{ affected_since('account_id', add_days('answered_on', nps_days)) }}

),

respondent_weights as (

    select * from {{ ref('respondent_weights') }}

),

csat_ratings as (

    select * from {{ ref('fct_csat_ratings') }}
    {{ affected_since('account_id', add_days('rated_on', csat_days)) }}

),

customer_texts as (

    select * from {{ ref('fct_customer_texts') }}
    {{ affected_since('account_id', add_days('written_on', text_days)) }}

),

{# Only the last answer of a contact counts; a later one replaces it from the day on which it is
   known. #}
nps_answers as (

    select
        account_id,
        answered_on,
        known_on,
        respondent_role,
        coalesce(contact_id, response_id) as respondent_id,
        case
            when score >= {{ metric_parameter('nps_account', 'promoter_score') }} then 1
            when score >= {{ metric_parameter('nps_account', 'passive_score') }} then 0
            else -1
        end as opinion,
        min(known_on) over (
            partition by account_id, coalesce(contact_id, response_id)
            order by answered_on, response_id
            rows between 1 following and unbounded following
        ) as replaced_on
    from survey_answers
    where survey_type = 'nps' and {{ finite('score') }} is not null

),

opinions as (

    select
        'nps' as opinion_type,
        nps_answers.account_id,
        nps_answers.answered_on as given_on,
        nps_answers.known_on,
        nps_answers.opinion,
        {{ earlier_end(
            'nps_answers.replaced_on',
            add_days('nps_answers.answered_on', nps_days)
        ) }} as ends_on,
        coalesce(respondent_weights.respondent_weight, 1) as opinion_weight,
        {{ metric_parameter('nps_account', 'half_life_days') }} as half_life_days
    from nps_answers
    left join respondent_weights
        on nps_answers.respondent_role = respondent_weights.respondent_role
    union all
    select
        'csat' as opinion_type,
        account_id,
        rated_on as given_on,
        known_on,
        case when is_positive then 1 else 0 end as opinion,
        {{ add_days('rated_on', csat_days) }} as ends_on,
        1 as opinion_weight,
        {{ metric_parameter('csat_share', 'half_life_days') }} as half_life_days
    from csat_ratings
    where is_positive is not null
    union all
    select
        'text' as opinion_type,
        account_id,
        written_on as given_on,
        known_on,
        {{ finite('sentiment_compound') }} as opinion,
        {{ add_days('written_on', text_days) }} as ends_on,
        1 as opinion_weight,
        {{ metric_parameter('text_sentiment', 'half_life_days') }} as half_life_days
    from customer_texts
    where is_supported_language and abs({{ finite('sentiment_compound') }}) <= 1

),

final as (

    select
        opinion_type,
        account_id,
        given_on,
        known_on as starts_on,
        ends_on,
        cast(opinion as {{ type_double() }}) as opinion,
        cast(opinion_weight as {{ type_double() }}) as opinion_weight,
        half_life_days
    from opinions
    where known_on < ends_on

)

select * from final
