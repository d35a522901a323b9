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

{# Exact decimals, because open amounts are compared with thresholds. #}
known_invoices as (

    select
        account_id,
        invoice_id,
        issued_on,
        coalesce(due_on, issued_on) as due_on,
        written_off_on,
        voided_on,
        known_on,
        cast(coalesce({{ finite('amount') }}, 0) as numeric(18, 4)) as amount
    from invoices

),

{# A payment that was known before its invoice counts from the invoice on. #}
payment_changes as (

    select
        payments.invoice_id,
        greatest(payments.known_on, known_invoices.known_on) as changed_on,
        cast(
            case
                when payments.payment_status = 'succeeded'
                    then coalesce({{ finite('payments.amount') }}, 0)
                else 0
            end as numeric(18, 4)
        ) as settled_amount,
        greatest(
            {{ days_between('known_invoices.due_on', 'coalesce(payments.paid_on, payments.known_on)') }},
            {{ metric_parameter('avg_days_late', 'earliest_days') }}
        ) as settled_days,
        case when payments.payment_status = 'failed' then 1 else 0 end as failed_count
    from payments
    inner join known_invoices on payments.invoice_id = known_invoices.invoice_id

),

adjustment_changes as (

    select
        adjustments.invoice_id,
        greatest(adjustments.known_on, known_invoices.known_on) as changed_on,
        cast(
            adjustment_rules.is_credit * coalesce({{ finite('adjustments.amount') }}, 0)
            as numeric(18, 4)
        ) as credited_amount,
        adjustment_rules.is_dispute as disputed_count
    from adjustments
    inner join known_invoices on adjustments.invoice_id = known_invoices.invoice_id
    inner join adjustment_rules
        on adjustments.adjustment_type = adjustment_rules.adjustment_type

),

changes as (

    select
        invoice_id,
        known_on as changed_on,
        0 as settled_amount,
        0 as settled_days,
        0 as failed_count,
        0 as credited_amount,
        0 as disputed_count,
        0 as voided_count,
        0 as written_off_count
    from known_invoices
    union all
    select invoice_id, changed_on, settled_amount, settled_days, failed_count, 0, 0, 0, 0
    from payment_changes
    union all
    select invoice_id, changed_on, 0, 0, 0, credited_amount, disputed_count, 0, 0
    from adjustment_changes
    union all
    select invoice_id, greatest(voided_on, known_on), 0, 0, 0, 0, 0, 1, 0
    from known_invoices
    where voided_on is not null
    union all
    select invoice_id, greatest(written_off_on, known_on), 0, 0, 0, 0, 0, 0, 1
    from known_invoices
    where written_off_on is not null

),

final as (

    select
        invoice_id,
        changed_on,
        settled_amount,
        settled_amount * settled_days as settled_amount_days,
        credited_amount,
        failed_count,
        disputed_count,
        voided_count,
        written_off_count
    from changes

)

select * from final
