with

charges as (

    select * from {{ ref('stg_stripe__charge') }}

),

invoices as (

    select * from {{ ref('int_billing__invoices') }}

),

plan_rates as (

    select * from {{ ref('int_billing__plan_rates') }}

),

invoice_charges as (

    select
        charge_id,
        min(invoice_id) as invoice_id
    from invoices
    where charge_id is not null
    group by charge_id

),

{# Newer exports name the charge on the invoice and no longer the invoice on the charge. #}
charged_payments as (

    select
        charges.charge_id as payment_id,
        coalesce(charges.invoice_id, invoice_charges.invoice_id) as invoice_id,
        charges.customer_id,
        charges.charge_status as payment_status,
        charges.amount * plan_rates.plan_rate as amount,
        {{ reporting_date('charges.created_at') }} as paid_on,
        charges.recorded_at,
        {{ known_on('charges.created_at', 'charges.recorded_at') }} as known_on
    from charges
    left join plan_rates
        on charges.currency = plan_rates.currency
    left join invoice_charges
        on charges.charge_id = invoice_charges.charge_id
    where charges.charge_status in ('succeeded', 'failed')

),

charged_invoices as (

    select distinct invoice_id
    from charged_payments
    where
        payment_status = 'succeeded'
        and invoice_id is not null

),

{# A bank transfer leaves no charge: the invoice alone says that it was paid. #}
final as (

    select
        payment_id,
        invoice_id,
        customer_id,
        payment_status,
        amount,
        paid_on,
        recorded_at,
        known_on
    from charged_payments
    union all
    select
        {{ surrogate_key(["'transfer'", 'invoices.invoice_id']) }} as payment_id,
        invoices.invoice_id,
        invoices.customer_id,
        'succeeded' as payment_status,
        invoices.paid_amount as amount,
        {{ reporting_date('invoices.paid_at') }} as paid_on,
        invoices.last_recorded_at as recorded_at,
        {{ known_on('invoices.paid_at', 'invoices.last_recorded_at') }} as known_on
    from invoices
    left join charged_invoices
        on invoices.invoice_id = charged_invoices.invoice_id
    where
        invoices.paid_at is not null
        and invoices.paid_amount > 0
        and charged_invoices.invoice_id is null

)

select * from final
