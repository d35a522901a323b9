with

prices as (

    select * from {{ ref('stg_stripe__price') }}

),

products as (

    select * from {{ ref('int_billing__products') }}

),

final as (

    select
        prices.price_id,
        prices.product_id,
        products.product_kind,
        products.plan_tier,
        prices.currency,
        prices.recurring_interval_months,
        prices.is_list_price,
        prices.created_at,
        prices.usage_type = 'metered' as is_metered,
        {# What is sold once or by use is no recurring revenue. #}
        case
            when
                prices.price_type = 'recurring'
                and coalesce(prices.usage_type, 'licensed') != 'metered'
                then cast(prices.unit_amount as {{ type_double() }})
                    / nullif(prices.recurring_interval_months, 0)
            else 0
        end as monthly_unit_amount
    from prices
    left join products
        on prices.product_id = products.product_id

)

select * from final
