{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'marketing_touch_id': 'int_changes__marketing_touches'}}
) }}

with

touches as (

    select * from {{ ref('int_marketing__touches') }}
    {{ changed_only('int_changes__marketing_touches', 'marketing_touch_id') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        touches.marketing_touch_id,
        account_sources.account_id,
        touches.contact_key,
        touches.touch_type,
        touches.touched_on,
        touches.recorded_at,
        greatest(touches.known_on, account_sources.known_on) as known_on
    from touches
    inner join account_sources
        on
            account_sources.source_system = 'marketing'
            and touches.contact_key = account_sources.source_key
            and {{ valid_on('touches.touched_on', 'account_sources') }}

)

select * from final
