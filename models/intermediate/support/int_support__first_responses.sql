{{ config(materialized='incremental') }}

with

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

comments as (

    select * from {{ ref('int_support__comments') }}

),

{#
    An answer that was loaded late must not replace one that was known before it, so the order is
    by known date first: a date's answer never changes afterwards.
#}
agent_comments as (

    select
        comments.ticket_id,
        comments.created_at,
        greatest(comments.known_on, tickets.known_on) as known_on,
        row_number() over (
            partition by comments.ticket_id
            order by greatest(comments.known_on, tickets.known_on) asc, comments.created_at asc
        ) as response_rank
    from comments
    inner join tickets on comments.ticket_id = tickets.ticket_id
    where
        comments.is_agent
        and comments.is_public
        and not comments.is_automatic
        and comments.created_at >= tickets.opened_at

),

final as (

    select
        ticket_id,
        created_at as first_response_at,
        known_on as first_response_known_on
    from agent_comments
    where response_rank = 1

)

select * from final
