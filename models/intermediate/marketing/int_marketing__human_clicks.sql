{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'email_event_id': 'int_changes__marketing_events'}}
) }}

with

email_events as (

    select * from {{ ref('stg_marketing__email_event') }}

),

{# Deliveries are looked up in all events. #}
changed_events as (

    select * from {{ ref('stg_marketing__email_event') }}
    {{ changed_only('int_changes__marketing_events', 'email_event_id') }}

),

clicks as (

    select *
    from changed_events
    where event_type = 'click' and not is_filtered

),

deliveries as (

    select *
    from email_events
    where event_type = 'delivered'

),

{# Security scanners open every link at once, before any person could have read the message. #}
scanner_clicks as (

    select distinct clicks.email_event_id
    from clicks
    inner join deliveries
        on
            clicks.email_campaign_id = deliveries.email_campaign_id
            and clicks.email_hash = deliveries.email_hash
            and clicks.created_at >= deliveries.created_at
    where
        {{ seconds_between('deliveries.created_at', 'clicks.created_at') }}
        < {{ setting('scanner_click_seconds') }}

),

final as (

    select
        clicks.email_event_id,
        clicks.email_hash,
        clicks.created_at,
        clicks.recorded_at
    from clicks
    left join scanner_clicks on clicks.email_event_id = scanner_clicks.email_event_id
    where scanner_clicks.email_event_id is null

)

select * from final
