{# A view for its readers; of a carried warehouse, of the tickets that they replace. #}
{{ config(materialized='view') }}

with

satisfaction_ratings as (

    select * from {{ ref('stg_zendesk__satisfaction_rating') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

tickets as (

    select * from {{ ref('int_support__tickets') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

{# An offered rating that nobody gave is not an opinion. #}
final as (

    select
        satisfaction_ratings.satisfaction_rating_id as rating_id,
        tickets.ticket_id,
        tickets.organization_id,
        satisfaction_ratings.text_hash,
        satisfaction_ratings.is_positive,
        {{ reporting_date('satisfaction_ratings.created_at') }} as rated_on,
        satisfaction_ratings.recorded_at,
        greatest(
            {{ known_on('satisfaction_ratings.created_at', 'satisfaction_ratings.recorded_at') }},
            tickets.known_on
        ) as known_on
    from satisfaction_ratings
    inner join tickets on satisfaction_ratings.ticket_id = tickets.ticket_id
    where satisfaction_ratings.is_positive is not null

)

select * from final
