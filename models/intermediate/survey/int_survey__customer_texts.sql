{# A view for its only reader; of a carried warehouse, of the texts that it replaces. #}
{{ config(materialized='view') }}

with

comments as (

    select * from {{ ref('int_support__comments') }}

),

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

answers as (

    select * from {{ ref('int_survey__answers') }}
    {{ changed_only('int_changes__survey_answers', 'response_id') }}

),

csat_ratings as (

    select * from {{ ref('int_support__csat_ratings') }}

),

text_sentiment as (

    select * from {{ ref('stg_derived__text_sentiment') }}

),

texts as (

    select
        'ticket_comment' as text_source,
        comments.ticket_comment_id as source_id,
        'zendesk' as source_system,
        tickets.organization_id as source_key,
        comments.text_hash,
        {{ reporting_date('comments.created_at') }} as written_on,
        comments.recorded_at,
        greatest(comments.known_on, tickets.known_on) as known_on
    from comments
    inner join tickets on comments.ticket_id = tickets.ticket_id
    where comments.is_customer and comments.text_hash is not null
    union all
    select
        'survey_comment' as text_source,
        response_id as source_id,
        'surveys' as source_system,
        person_id as source_key,
        text_hash,
        answered_on as written_on,
        recorded_at,
        known_on
    from answers
    where text_hash is not null
    union all
    select
        'rating_comment' as text_source,
        rating_id as source_id,
        'zendesk' as source_system,
        organization_id as source_key,
        text_hash,
        rated_on as written_on,
        recorded_at,
        known_on
    from csat_ratings
    where text_hash is not null

),

final as (

    select
        texts.text_source || '-' || texts.source_id as text_id,
        texts.text_source,
        texts.source_system,
        texts.source_key,
        text_sentiment.sentiment_compound,
        text_sentiment.is_supported_language,
        text_sentiment.scorer_version,
        texts.written_on,
        texts.recorded_at,
        texts.known_on
    from texts
    left join text_sentiment on texts.text_hash = text_sentiment.text_hash

)

select * from final
