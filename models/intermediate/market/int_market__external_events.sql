{{ config(materialized='view') }}

with

external_events as (

    select * from {{ ref('stg_market__external_event') }}

),

event_severities as (

    select * from {{ ref('event_severities') }}

),

{# What happened in silence is known when it is published. #}
final as (

    select
        external_events.external_event_id,
        external_events.domain,
        external_events.event_type,
        cast(event_severities.severity_points as {{ type_double() }}) as severity_points,
        external_events.event_date as event_on,
        external_events.recorded_at,
        greatest(
            external_events.event_date,
            {{ known_on('external_events.published_at', 'external_events.recorded_at') }}
        ) as known_on
    from external_events
    inner join event_severities on external_events.event_type = event_severities.event_type

)

select * from final
