with

currencies as (

    select * from {{ ref('currencies') }}

),

checked as (

    {{ checked_source('stripe', 'customer') }}

),

final as (

    select
        checked.id as customer_id,
        {{ json_text('checked.metadata', 'crm_account_id') }} as crm_account_id,
        {{ email_hash('checked.email') }} as email_hash,
        {{ email_domain('checked.email') }} as email_domain,
        checked.currency,
        {{ minor_units_to_amount('checked.balance') }} as balance_amount,
        checked.created as created_at,
        checked.delinquent as is_delinquent,
        checked.livemode as is_live_mode,
        checked.recorded_at,
        checked.last_recorded_at
    from checked
    left join currencies
        on checked.currency = currencies.currency

)

select * from final
