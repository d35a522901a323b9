with

invoices as (

    select * from {{ ref('fct_invoices') }}

),

payments as (

    select * from {{ ref('fct_payments') }}

),

adjustments as (

    select * from {{ ref('fct_billing_adjustments') }}

),

adjustment_rules as (

    select * from {{ ref('adjustment_rules') }}

),

{# A credit note that is voided takes its credit back. #}
credit_changes as (

    select
        adjustments.invoice_id,
        adjustments.known_on as changed_on,
        adjustments.adjustment_type,
        adjustments.amount
    from adjustments
    union all
    select
        adjustments.invoice_id,
        greatest(adjustments.voided_on, adjustments.known_on) as changed_on,
        adjustments.adjustment_type,
        -adjustments.amount as amount
    from adjustments
    where adjustments.voided_on is not null

),

{# What was known before its invoice counts from the invoice on. Money is an exact decimal, because
   open amounts are compared with thresholds. #}
final as (

    select
        invoice_id,
        known_on as changed_on,
        cast(0 as numeric(18, 4)) as settled_amount,
        cast(0 as numeric(28, 4)) as settled_amount_days,
        cast(0 as numeric(18, 4)) as credited_amount
    from invoices
    union all
    select
        payments.invoice_id,
        greatest(payments.known_on, invoices.known_on) as changed_on,
        cast(coalesce({{ finite('payments.amount') }}, 0) as numeric(18, 4)) as settled_amount,
        cast(coalesce({{ finite('payments.amount') }}, 0) as numeric(18, 4)) * greatest(
            {{ days_between(
                'coalesce(invoices.due_on, invoices.issued_on)',
                'coalesce(payments.paid_on, payments.known_on)'
            ) }},
            {{ metric_parameter('avg_days_late', 'earliest_days') }}
        ) as settled_amount_days,
        0 as credited_amount
    from payments
    inner join invoices on payments.invoice_id = invoices.invoice_id
    where payments.payment_status = 'succeeded'
    union all
    select
        credit_changes.invoice_id,
        greatest(credit_changes.changed_on, invoices.known_on) as changed_on,
        0 as settled_amount,
        0 as settled_amount_days,
        cast(
            coalesce({{ finite('credit_changes.amount') }}, 0) as numeric(18, 4)
        ) as credited_amount
    from credit_changes
    inner join invoices on credit_changes.invoice_id = invoices.invoice_id
    inner join adjustment_rules
        on credit_changes.adjustment_type = adjustment_rules.adjustment_type
    where adjustment_rules.is_credit = 1

)

select * from final
