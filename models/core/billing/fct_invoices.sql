with

invoices as (

    select * from {{ ref('int_billing__invoices') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        invoices.invoice_id,
        account_sources.account_id,
        invoices.subscription_id,
        invoices.issued_on,
        invoices.due_on,
        invoices.amount,
        invoices.is_auto_pay,
        invoices.voided_on,
        invoices.written_off_on,
        invoices.recorded_at,
        greatest(
            invoices.known_on, coalesce(account_sources.known_on, invoices.known_on)
        ) as known_on
    from invoices
    inner join account_sources
        on
            invoices.customer_id = account_sources.source_key
            and account_sources.source_system = 'stripe'
            and {{ valid_on('invoices.issued_on', 'account_sources') }}

)

select * from final
