{{ config(materialized='view') }}

with

prices as (

    select * from {{ ref('int_billing__prices') }}

),

dated_prices as (

    select
        product_id,
        currency,
        recurring_interval_months,
        monthly_unit_amount,
        {{ reporting_date('created_at') }} as listed_on,
        row_number() over listed_versions as version_number,
        lead({{ reporting_date('created_at') }}) over listed_versions as next_listed_on
    from prices
    where
        is_list_price
        and monthly_unit_amount > 0
    window listed_versions as (
        partition by product_id, currency, recurring_interval_months
        order by created_at nulls first, price_id
    )

),

{# The first list price also stands for the time before it was entered. #}
final as (

    select
        product_id,
        currency,
        recurring_interval_months,
        monthly_unit_amount as monthly_list_amount,
        case when version_number > 1 then listed_on end as valid_from,
        next_listed_on as valid_to
    from dated_prices
    where
        next_listed_on is null
        or version_number = 1
        or next_listed_on > listed_on

)

select * from final
