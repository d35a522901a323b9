{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'ticket_id': 'int_changes__tickets'}}
) }}

with

csat_ratings as (

    select * from {{ ref('int_support__csat_ratings') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        csat_ratings.rating_id,
        account_sources.account_id,
        csat_ratings.ticket_id,
        csat_ratings.is_positive,
        csat_ratings.rated_on,
        csat_ratings.recorded_at,
        greatest(csat_ratings.known_on, account_sources.known_on) as known_on
    from csat_ratings
    inner join account_sources
        on
            account_sources.source_system = 'zendesk'
            and csat_ratings.organization_id = account_sources.source_key
            and {{ valid_on('csat_ratings.rated_on', 'account_sources') }}

)

select * from final
