{{ config(materialized='view') }}

with

monthly_lines as (

    select * from {{ ref('int_billing__monthly_lines') }}

),

month_ends as (

    select * from {{ ref('int_billing__month_ends') }}

),

exchange_rates as (

    select * from {{ ref('int_billing__exchange_rates') }}

),

{# Each month stands once for itself and once as the one before, so that a loss has a month, too. #}
both_months as (

    select
        account_id,
        product_id,
        contract_currency,
        month_end,
        quantity,
        mrr_contract_amount as mrr,
        0 as previous_quantity,
        0 as previous_mrr
    from monthly_lines
    union all
    select
        monthly_lines.account_id,
        monthly_lines.product_id,
        monthly_lines.contract_currency,
        month_ends.month_end,
        0 as quantity,
        0 as mrr,
        monthly_lines.quantity as previous_quantity,
        monthly_lines.mrr_contract_amount as previous_mrr
    from monthly_lines
    inner join month_ends
        on monthly_lines.month_end = month_ends.previous_month_end

),

product_months as (

    select
        account_id,
        product_id,
        contract_currency,
        month_end,
        sum(quantity) as quantity,
        sum(previous_quantity) as previous_quantity,
        cast(sum(mrr) as {{ type_double() }}) as mrr,
        cast(sum(previous_mrr) as {{ type_double() }}) as previous_mrr
    from both_months
    where {{ is_changed({
        'account_id': 'int_changes__billing_accounts', 'month_end': 'int_changes__months'
    }) }}
    group by account_id, product_id, contract_currency, month_end

),

month_rates as (

    select
        month_ends.month_end,
        exchange_rates.currency,
        exchange_rates.exchange_rate,
        previous_rates.exchange_rate as previous_rate
    from month_ends
    inner join exchange_rates
        on month_ends.month_end = exchange_rates.month_end
    left join exchange_rates as previous_rates
        on
            month_ends.previous_month_end = previous_rates.month_end
            and exchange_rates.currency = previous_rates.currency

),

rated_months as (

    select
        product_months.account_id,
        product_months.month_end,
        product_months.contract_currency,
        product_months.quantity,
        product_months.previous_quantity,
        product_months.mrr,
        product_months.previous_mrr,
        month_rates.exchange_rate,
        coalesce(month_rates.previous_rate, month_rates.exchange_rate) as previous_rate
    from product_months
    left join month_rates
        on
            product_months.month_end = month_rates.month_end
            and product_months.contract_currency = month_rates.currency

),

{# Price moves the seats that were there before and still are; the rest of a change is volume. #}
priced_months as (

    select
        *,
        previous_mrr * (exchange_rate - previous_rate) as fx_change,
        least(quantity, previous_quantity)
        * (mrr / nullif(quantity, 0) - previous_mrr / nullif(previous_quantity, 0))
        * exchange_rate as price_change
    from rated_months

),

{# Sums of floats miss zero by a hair, and a bucket must not turn on a hair. #}
final as (

    select
        account_id,
        month_end,
        min(contract_currency) as first_currency,
        max(contract_currency) as last_currency,
        {{ exact_amount_sum('mrr * exchange_rate') }} as mrr,
        {{ exact_amount_sum('previous_mrr * previous_rate') }} as previous_mrr,
        {{ exact_amount_sum('(mrr - previous_mrr) * exchange_rate') }} as mrr_change,
        {{ exact_amount_sum('fx_change') }} as fx_change,
        {{ exact_amount_sum('price_change') }} as price_change
    from priced_months
    group by
        account_id,
        month_end

)

select * from final
