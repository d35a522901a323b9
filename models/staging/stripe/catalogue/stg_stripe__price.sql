with

currencies as (

    select * from {{ ref('currencies') }}

),

checked as (

    {{ checked_source('stripe', 'price') }}

),

final as (

    select
        checked.id as price_id,
        checked.product_id,
        checked.currency,
        checked.type as price_type,
        checked.recurring_usage_type as usage_type,
        checked.billing_scheme,
        {{ minor_units_to_amount(
            'coalesce(checked.unit_amount_decimal, checked.unit_amount)'
        ) }} as unit_amount,
        {{ billing_interval_months(
            'checked.recurring_interval', 'checked.recurring_interval_count'
        ) }} as recurring_interval_months,
        checked.created as created_at,
        coalesce(lower(checked.nickname) = 'list', false) as is_list_price,
        checked.active as is_active,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join currencies
        on checked.currency = currencies.currency

)

select * from final
