with

adjustments as (

    select * from {{ ref('int_billing__adjustments') }}

),

invoices as (

    select * from {{ ref('fct_invoices') }}

),

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

final as (

    select
        adjustments.adjustment_id,
        coalesce(invoices.account_id, account_sources.account_id) as account_id,
        adjustments.invoice_id,
        adjustments.adjustment_type,
        adjustments.amount,
        adjustments.adjusted_on,
        adjustments.voided_on,
        adjustments.recorded_at,
        greatest(
            adjustments.known_on,
            coalesce(invoices.known_on, account_sources.known_on, adjustments.known_on)
        ) as known_on
    from adjustments
    left join invoices
        on adjustments.invoice_id = invoices.invoice_id
    left join account_sources
        on
            adjustments.customer_id = account_sources.source_key
            and account_sources.source_system = 'stripe'
            and {{ valid_on('adjustments.adjusted_on', 'account_sources') }}
    where coalesce(invoices.account_id, account_sources.account_id) is not null

)

select * from final
