with

checked as (

    {{ checked_source('product_events', 'entitlements') }}

),

final as (

    select
        plan_tier,
        feature as feature_id,
        valid_from,
        valid_to,
        coalesce(is_core, false) as is_core,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
