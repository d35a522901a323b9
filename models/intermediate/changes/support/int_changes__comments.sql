with

comments as (

    select * from {{ ref('stg_zendesk__ticket_comment') }}

),

changed_tickets as (

    select * from {{ ref('int_changes__tickets') }}

),

final as (

    select
        comments.ticket_comment_id,
        comments.ticket_id,
        comments.user_id,
        comments.text_hash,
        comments.text_length,
        comments.is_public,
        comments.via_channel,
        comments.created_at,
        comments.recorded_at
    from comments
    inner join changed_tickets on comments.ticket_id = changed_tickets.ticket_id

)

select * from final
