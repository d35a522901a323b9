with

products as (

    select * from {{ ref('int_billing__products') }}

),

final as (

    select
        product_id,
        product_name,
        product_kind,
        plan_tier,
        coalesce(product_kind = 'module', false) as is_module
    from products

)

select * from final
