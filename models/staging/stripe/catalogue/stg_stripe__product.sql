with

checked as (

    {{ checked_source('stripe', 'product') }}

),

final as (

    select
        id as product_id,
        name as product_name,
        {{ snake_case(json_text('metadata', 'kind')) }} as product_kind,
        {{ snake_case(json_text('metadata', 'tier')) }} as plan_tier,
        created as created_at,
        active as is_active,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
