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

product_starts as (

    select
        account_id,
        product_id,
        contract_currency,
        min(month_end) as first_month_end
    from monthly_lines
    group by
        account_id,
        product_id,
        contract_currency

),

{# A month without money is a row with zero, or the loss of a product would have no month. #}
product_months as (

    select
        product_starts.account_id,
        product_starts.product_id,
        product_starts.contract_currency,
        month_ends.month_end,
        coalesce(monthly_lines.quantity, 0) as quantity,
        cast(coalesce(monthly_lines.mrr_contract_amount, 0) as {{ type_double() }}) as mrr,
        exchange_rates.exchange_rate
    from product_starts
    inner join month_ends
        on product_starts.first_month_end <= month_ends.month_end
    left join monthly_lines
        on
            product_starts.account_id = monthly_lines.account_id
            and product_starts.product_id = monthly_lines.product_id
            and product_starts.contract_currency = monthly_lines.contract_currency
            and month_ends.month_end = monthly_lines.month_end
    left join exchange_rates
        on
            product_starts.contract_currency = exchange_rates.currency
            and month_ends.month_end = exchange_rates.month_end

),

compared_months as (

    select
        account_id,
        month_end,
        contract_currency,
        quantity,
        mrr,
        exchange_rate,
        coalesce(lag(quantity) over product_history, 0) as previous_quantity,
        coalesce(lag(mrr) over product_history, 0) as previous_mrr,
        coalesce(lag(exchange_rate) over product_history, exchange_rate) as previous_rate
    from product_months
    window product_history as (
        partition by account_id, product_id, contract_currency
        order by month_end
    )

),

{#
    Price moves the seats that were there before and still are; the rest of a change is volume.
    Sums of floats miss zero by a hair, and a bucket must not turn on a hair.
#}
final as (

    select
        account_id,
        month_end,
        min(contract_currency) as first_currency,
        max(contract_currency) as last_currency,
        cast(sum(mrr * exchange_rate) as numeric(18, 4)) as mrr,
        cast(sum(previous_mrr * previous_rate) as numeric(18, 4)) as previous_mrr,
        cast(sum((mrr - previous_mrr) * exchange_rate) as numeric(18, 4)) as mrr_change,
        cast(sum(previous_mrr * (exchange_rate - previous_rate)) as numeric(18, 4)) as fx_change,
        cast(
            sum(
                least(quantity, previous_quantity)
                * (mrr / nullif(quantity, 0) - previous_mrr / nullif(previous_quantity, 0))
                * exchange_rate
            ) as numeric(18, 4)
        ) as price_change
    from compared_months
    group by
        account_id,
        month_end

)

select * from final
