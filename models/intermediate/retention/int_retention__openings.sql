{{ config(materialized='view') }}

with

monthly_lines as (

    select * from {{ ref('int_billing__monthly_lines') }}

),

windows as (

    select * from {{ ref('int_retention__windows') }}

),

exchange_rates as (

    select * from {{ ref('int_billing__exchange_rates') }}

),

monthly_amounts as (

    select
        account_id,
        month_end,
        contract_currency,
        cast(sum(mrr_contract_amount) as {{ type_double() }}) as mrr_contract_amount
    from monthly_lines
    group by account_id, month_end, contract_currency

),

{# Old contracts at the rates of the closing month, so that an exchange rate is no loss. #}
final as (

    select
        monthly_amounts.account_id,
        windows.month_end,
        windows.window_months,
        windows.opening_month_end,
        cast(
            sum(monthly_amounts.mrr_contract_amount * exchange_rates.exchange_rate)
            as numeric(18, 4)
        ) as opening_mrr
    from monthly_amounts
    inner join windows
        on monthly_amounts.month_end = windows.opening_month_end
    inner join exchange_rates
        on
            windows.month_end = exchange_rates.month_end
            and monthly_amounts.contract_currency = exchange_rates.currency
    where {{ is_changed({
        'monthly_amounts.account_id': 'int_changes__accounts',
        'windows.month_end': 'int_changes__months',
    }) }}
    group by
        monthly_amounts.account_id,
        windows.month_end,
        windows.window_months,
        windows.opening_month_end

)

select * from final
