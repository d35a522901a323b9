{{ config(materialized='view') }}

with

priced_versions as (

    select * from {{ ref('int_billing__priced_versions') }}

),

contract_terms as (

    select * from {{ ref('int_billing__contract_terms') }}

),

list_prices as (

    select * from {{ ref('int_billing__list_prices') }}

),

priced_lines as (

    select
        priced_versions.subscription_id,
        priced_versions.version_number,
        priced_versions.subscription_item_id,
        priced_versions.customer_id,
        priced_versions.product_id,
        priced_versions.product_kind,
        priced_versions.plan_tier,
        priced_versions.quantity,
        priced_versions.currency as contract_currency,
        {# Metered use has no quantity, and its recurring part is nothing all the same. #}
        cast(
            case
                when priced_versions.monthly_unit_amount = 0 then 0
                else priced_versions.quantity * priced_versions.monthly_unit_amount
            end as numeric(18, 4)
        ) as mrr_contract_amount,
        case
            when not priced_versions.is_metered
                then priced_versions.quantity
                    * list_prices.monthly_list_amount
                    * priced_versions.plan_rate
        end as list_mrr,
        priced_versions.plan_rate,
        priced_versions.term_months,
        priced_versions.contract_type,
        priced_versions.is_auto_pay,
        priced_versions.is_trial,
        priced_versions.has_unlimited_seats,
        priced_versions.committed_units,
        contract_terms.starts_on,
        contract_terms.ends_on,
        contract_terms.term_starts_on,
        contract_terms.term_ends_on,
        priced_versions.recorded_at,
        contract_terms.known_on,
        contract_terms.ended_known_on
    from priced_versions
    inner join contract_terms
        on
            priced_versions.subscription_id = contract_terms.subscription_id
            and priced_versions.version_number = contract_terms.version_number
    left join list_prices
        on
            priced_versions.product_id = list_prices.product_id
            and priced_versions.currency = list_prices.currency
            and priced_versions.recurring_interval_months = list_prices.recurring_interval_months
            and {{ valid_on('contract_terms.starts_on', 'list_prices') }}

),

final as (

    select
        subscription_id,
        version_number,
        subscription_item_id,
        customer_id,
        product_id,
        product_kind,
        plan_tier,
        quantity,
        contract_currency,
        mrr_contract_amount,
        mrr_contract_amount * plan_rate as mrr,
        list_mrr,
        term_months,
        contract_type,
        is_auto_pay,
        is_trial,
        has_unlimited_seats,
        committed_units,
        starts_on,
        ends_on,
        term_starts_on,
        term_ends_on,
        recorded_at,
        known_on,
        ended_known_on
    from priced_lines

)

select * from final
