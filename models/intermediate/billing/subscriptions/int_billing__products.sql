with

products as (

    select * from {{ ref('stg_stripe__product') }}

),

final as (

    select
        product_id,
        product_name,
        product_kind,
        plan_tier
    from products

)

select * from final
