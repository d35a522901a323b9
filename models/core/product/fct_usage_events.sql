{{ config(materialized='view') }}

with

usage_events as (

    select * from {{ ref('int_product__usage_events') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

{# Every event is joined here, so open ends are dates: that halves what the join costs. #}
workspaces as (

    select
        source_key as group_id,
        account_id,
        known_on,
        coalesce(valid_from, {{ earliest_date() }}) as starts_on,
        coalesce(valid_to, {{ latest_date() }}) as ends_on
    from account_sources
    where source_system = 'product_events'

),

final as (

    select
        usage_events.event_id,
        workspaces.account_id,
        usage_events.user_id,
        usage_events.feature_id,
        usage_events.feature_bit,
        usage_events.is_core_feature,
        usage_events.is_value_event,
        usage_events.milestone_id,
        usage_events.is_human,
        usage_events.event_on,
        greatest(usage_events.known_on, workspaces.known_on) as known_on
    from usage_events
    inner join workspaces
        on
            usage_events.group_id = workspaces.group_id
            and usage_events.event_on >= workspaces.starts_on
            and usage_events.event_on < workspaces.ends_on

)

select * from final
