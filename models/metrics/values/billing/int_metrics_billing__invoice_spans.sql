{%- set longest_window_days = [
    metric_parameter('overdue_share', 'window_days') | int,
    metric_parameter('avg_days_late', 'window_days') | int,
    metric_parameter('failed_payment_rate', 'window_days') | int,
] | max -%}
with

invoices as (

    select * from {{ ref('fct_invoices') }}

),

changes as (

    select * from {{ ref('int_metrics_billing__invoice_changes') }}

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

first_failures as (

    select
        invoice_id,
        min(known_on) as failed_on
    from payments
    where payment_status = 'failed'
    group by invoice_id

),

first_disputes as (

    select
        adjustments.invoice_id,
        min(adjustments.known_on) as disputed_on
    from adjustments
    inner join adjustment_rules
        on adjustments.adjustment_type = adjustment_rules.adjustment_type
    where adjustment_rules.is_dispute = 1
    group by adjustments.invoice_id

),

{# Changes of one day are peers of each other in these windows; the spans between them are empty. #}
running as (

    select
        invoice_id,
        changed_on,
        lead(changed_on) over invoice_history as next_change_on,
        sum(settled_amount) over invoice_history as settled_amount,
        sum(settled_amount_days) over invoice_history as settled_amount_days,
        sum(credited_amount) over invoice_history as credited_amount
    from changes
    window invoice_history as (partition by invoice_id order by changed_on nulls last)

),

states as (

    select
        invoices.account_id,
        invoices.invoice_id,
        invoices.is_auto_pay,
        invoices.issued_on,
        coalesce(invoices.due_on, invoices.issued_on) as due_on,
        invoices.written_off_on,
        invoices.voided_on,
        running.changed_on as starts_on,
        running.next_change_on,
        running.settled_amount,
        running.settled_amount_days,
        cast(coalesce({{ finite('invoices.amount') }}, 0) as numeric(18, 4)) as amount,
        greatest(
            cast(coalesce({{ finite('invoices.amount') }}, 0) as numeric(18, 4))
            - running.settled_amount - running.credited_amount,
            0
        ) as unpaid_amount
    from running
    inner join invoices on running.invoice_id = invoices.invoice_id
    where running.next_change_on is null or running.next_change_on > running.changed_on

),

{# A closed invoice has left every window after a while; an open one never does. A voided one was
   never owed. #}
final as (

    select
        states.account_id,
        states.invoice_id,
        states.is_auto_pay,
        states.issued_on,
        states.due_on,
        states.written_off_on,
        first_failures.failed_on,
        first_disputes.disputed_on,
        states.starts_on,
        case
            when states.unpaid_amount > 0 and states.written_off_on is null
                then {{ earlier_end('states.next_change_on', 'states.voided_on') }}
            else {{ earlier_end(
                earlier_end('states.next_change_on', 'states.voided_on'),
                add_days(
                    'greatest(states.issued_on, states.due_on, '
                    ~ 'coalesce(states.written_off_on, states.due_on))',
                    longest_window_days
                )
            ) }}
        end as ends_on,
        states.amount,
        states.settled_amount,
        states.settled_amount_days,
        states.unpaid_amount
    from states
    left join first_failures on states.invoice_id = first_failures.invoice_id
    left join first_disputes on states.invoice_id = first_disputes.invoice_id

)

select * from final
