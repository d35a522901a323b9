with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

final as (

    select
        subscription_line_id,
        account_id,
        subscription_id,
        product_id,
        product_kind,
        plan_tier,
        cast(quantity as integer) as quantity,
        contract_currency,
        mrr_contract_amount,
        mrr,
        list_mrr,
        cast(term_months as integer) as term_months,
        contract_type,
        is_auto_pay,
        is_trial,
        has_unlimited_seats,
        cast(committed_units as {{ type_double() }}) as committed_units,
        starts_on,
        ends_on,
        term_starts_on,
        term_ends_on,
        recorded_at,
        known_on,
        ended_known_on
    from account_lines

)

select * from final
