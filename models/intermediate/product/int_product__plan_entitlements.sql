{{ config(materialized='view') }}

with

entitlements as (

    select * from {{ ref('stg_product_events__entitlements') }}

),

final as (

    select
        plan_tier,
        feature_id,
        is_core,
        valid_from,
        valid_to,
        {{ known_on('valid_from', 'recorded_at') }} as known_on
    from entitlements

)

select * from final
