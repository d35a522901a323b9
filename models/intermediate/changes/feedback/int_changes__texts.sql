with

changed_tickets as (

    select * from {{ ref('int_changes__tickets') }}

),

changed_comments as (

    select * from {{ ref('int_changes__comments') }}

),

changed_answers as (

    select * from {{ ref('int_changes__survey_answers') }}

),

satisfaction_ratings as (

    select * from {{ ref('stg_zendesk__satisfaction_rating') }}

),

{# A comment or rating that is gone is none of its ticket any more. #}
landed_comments as (

    {{ landed_values(ref('stg_zendesk__ticket_comment'), ['ticket_comment_id']) }}

),

landed_ratings as (

    {{ landed_values(ref('stg_zendesk__satisfaction_rating'), ['satisfaction_rating_id']) }}

),

changes as (

    select 'ticket_comment-' || ticket_comment_id as text_id
    from landed_comments
    union distinct
    select 'ticket_comment-' || ticket_comment_id as text_id
    from changed_comments
    union distinct
    select 'survey_comment-' || response_id as text_id
    from changed_answers
    union distinct
    select 'rating_comment-' || satisfaction_rating_id as text_id
    from landed_ratings
    union distinct
    select 'rating_comment-' || satisfaction_ratings.satisfaction_rating_id as text_id
    from satisfaction_ratings
    inner join changed_tickets on satisfaction_ratings.ticket_id = changed_tickets.ticket_id

),

final as (

    select text_id from changes

)

select * from final
