{{ config(materialized='view') }}

with

usage_events as (

    select * from {{ ref('int_product__usage_events') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        usage_events.event_id,
        account_sources.account_id,
        usage_events.user_id,
        usage_events.feature_id,
        usage_events.feature_bit,
        usage_events.is_core_feature,
        usage_events.is_value_event,
        usage_events.milestone_id,
        usage_events.is_human,
        usage_events.event_on,
        greatest(usage_events.known_on, account_sources.known_on) as known_on
    from usage_events
    inner join account_sources
        on
            account_sources.source_system = 'product_events'
            and usage_events.group_id = account_sources.source_key
            and {{ valid_on('usage_events.event_on', 'account_sources') }}

)

select * from final
