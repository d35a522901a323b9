with

plan_entitlements as (

    select * from {{ ref('int_product__plan_entitlements') }}

),

final as (

    select
        plan_tier,
        feature_id,
        is_core,
        valid_from,
        valid_to,
        known_on
    from plan_entitlements

)

select * from final
