{{ config(materialized='view') }}

with

subscription_versions as (

    select * from {{ ref('int_billing__subscription_versions') }}

),

subscription_items as (

    select * from {{ ref('stg_stripe__subscription_item') }}

),

prices as (

    select * from {{ ref('int_billing__prices') }}

),

plan_rates as (

    select * from {{ ref('int_billing__plan_rates') }}

),

contract_types as (

    select * from {{ ref('contract_types') }}

),

{# Few terms exist, so the ranges are looked up once per term and not once per version. #}
known_terms as (

    select distinct
        is_auto_renew,
        term_months
    from subscription_versions

),

term_types as (

    select
        known_terms.is_auto_renew,
        known_terms.term_months,
        contract_types.contract_type
    from known_terms
    inner join contract_types
        on
            known_terms.is_auto_renew = contract_types.is_auto_renew
            and known_terms.term_months >= contract_types.min_term_months
            and (
                contract_types.max_term_months is null
                or known_terms.term_months < contract_types.max_term_months
            )

),

final as (

    select
        subscription_versions.subscription_id,
        subscription_versions.version_number,
        subscription_versions.customer_id,
        subscription_items.subscription_item_id,
        subscription_versions.term_months,
        term_types.contract_type,
        subscription_versions.is_auto_pay,
        subscription_versions.is_trial,
        subscription_versions.has_unlimited_seats,
        subscription_versions.committed_units,
        subscription_versions.recorded_at,
        prices.product_id,
        prices.product_kind,
        prices.plan_tier,
        prices.currency,
        prices.recurring_interval_months,
        prices.is_metered,
        plan_rates.plan_rate,
        coalesce(subscription_versions.quantity, subscription_items.quantity) as quantity,
        case when subscription_versions.is_trial then 0 else prices.monthly_unit_amount end
            as monthly_unit_amount
    from subscription_versions
    inner join subscription_items
        on subscription_versions.subscription_id = subscription_items.subscription_id
    inner join prices
        on subscription_items.price_id = prices.price_id
    left join plan_rates
        on prices.currency = plan_rates.currency
    left join term_types
        on
            subscription_versions.is_auto_renew = term_types.is_auto_renew
            and subscription_versions.term_months = term_types.term_months

)

select * from final
