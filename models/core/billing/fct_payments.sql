with

payments as (

    select * from {{ ref('int_billing__payments') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

{# A payment belongs to the account of its invoice, whatever was merged in between. #}
final as (

    select
        payments.payment_id,
        payments.invoice_id,
        coalesce(invoices.account_id, account_sources.account_id) as account_id,
        payments.payment_status,
        payments.amount,
        payments.paid_on,
        payments.recorded_at,
        greatest(
            payments.known_on,
            coalesce(invoices.known_on, account_sources.known_on, payments.known_on)
        ) as known_on
    from payments
    left join invoices
        on payments.invoice_id = invoices.invoice_id
    left join account_sources
        on
            payments.customer_id = account_sources.source_key
            and account_sources.source_system = 'stripe'
            and {{ valid_on('payments.paid_on', 'account_sources') }}
    where coalesce(invoices.account_id, account_sources.account_id) is not null

)

select * from final
