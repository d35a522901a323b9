{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {
        'account_id': 'int_changes__billing_accounts',
        'month_end': 'int_changes__months',
    }}
) }}

with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

account_survivors as (

    select * from {{ ref('int_identity__account_survivors') }}

),

month_ends as (

    select * from {{ ref('int_billing__month_ends') }}

),

{#
    Movements are restated: a merged account's money belongs to the survivor from the first day
    on, or a merge would read as churn.
#}
last_survivors as (

    select
        account_id,
        survivor_account_id
    from account_survivors
    where valid_to is null

),

final as (

    select
        last_survivors.survivor_account_id as account_id,
        month_ends.month_end,
        account_lines.product_id,
        account_lines.contract_currency,
        sum(account_lines.quantity) as quantity,
        sum(account_lines.mrr_contract_amount) as mrr_contract_amount
    from account_lines
    inner join last_survivors
        on account_lines.account_id = last_survivors.account_id
    inner join month_ends
        on
            account_lines.starts_on <= month_ends.month_end
            and (account_lines.ends_on is null or account_lines.ends_on > month_ends.month_end)
    where
        account_lines.mrr_contract_amount > 0
        and {{ is_changed({
            'last_survivors.survivor_account_id': 'int_changes__billing_accounts',
            'month_ends.month_end': 'int_changes__months',
        }) }}
    group by
        last_survivors.survivor_account_id,
        month_ends.month_end,
        account_lines.product_id,
        account_lines.contract_currency

)

select * from final
