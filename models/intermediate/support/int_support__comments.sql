{# A view for its readers; of a carried warehouse, of the tickets that they replace. #}
{{ config(materialized='view') }}

with

comments as (

    select * from {{ changed_part(ref('stg_zendesk__ticket_comment'), 'int_changes__comments') }}

),

users as (

    select * from {{ ref('stg_zendesk__user') }}

),

{#
    A user who is unknown counts on neither side: no answer of ours, no text of the customer's. So
    a comment counts once its author is known.
#}
final as (

    select
        comments.ticket_comment_id,
        comments.ticket_id,
        comments.user_id,
        comments.text_hash,
        comments.text_length,
        coalesce(users.user_role in ('agent', 'admin'), false) as is_agent,
        coalesce(users.user_role = 'end_user', false) as is_customer,
        coalesce(comments.is_public, true) as is_public,
        coalesce(comments.via_channel = 'rule', false) as is_automatic,
        comments.created_at,
        comments.recorded_at,
        {{ later_start(
            known_on('comments.created_at', 'comments.recorded_at'),
            known_on('coalesce(users.created_at, users.recorded_at)', 'users.recorded_at'),
        ) }} as known_on
    from comments
    left join users on comments.user_id = users.user_id

)

select * from final
