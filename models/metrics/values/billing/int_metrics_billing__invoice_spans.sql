with

invoices as (

    select * from {{ ref('fct_invoices') }}

),

changes as (

    select * from {{ ref('int_metrics_billing__invoice_changes') }}

),

{# Changes of one day are peers of each other in these windows; the spans between them are empty. #}
running as (

    select
        invoice_id,
        changed_on as starts_on,
        lead(changed_on) over (
            partition by invoice_id order by changed_on nulls last
        ) as next_change_on,
        sum(settled_amount) over (
            partition by invoice_id order by changed_on nulls last
        ) as settled_amount,
        sum(settled_amount_days) over (
            partition by invoice_id order by changed_on nulls last
        ) as settled_amount_days,
        sum(credited_amount) over (
            partition by invoice_id order by changed_on nulls last
        ) as credited_amount,
        sum(failed_count) over (
            partition by invoice_id order by changed_on nulls last
        ) as failed_count,
        sum(disputed_count) over (
            partition by invoice_id order by changed_on nulls last
        ) as disputed_count,
        sum(voided_count) over (
            partition by invoice_id order by changed_on nulls last
        ) as voided_count,
        sum(written_off_count) over (
            partition by invoice_id order by changed_on nulls last
        ) as written_off_count
    from changes

),

states as (

    select
        invoices.account_id,
        invoices.invoice_id,
        invoices.is_auto_pay,
        invoices.issued_on,
        coalesce(invoices.due_on, invoices.issued_on) as due_on,
        invoices.written_off_on,
        running.starts_on,
        running.next_change_on,
        running.failed_count > 0 as has_failed,
        running.disputed_count > 0 as is_disputed,
        running.voided_count > 0 as is_voided,
        running.written_off_count > 0 as is_written_off,
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
    where running.next_change_on is null or running.next_change_on > running.starts_on

),

{# A closed invoice has left every window after a while; an open one never does. #}
ends as (

    select
        account_id,
        invoice_id,
        is_auto_pay,
        has_failed,
        is_disputed,
        is_voided,
        is_written_off,
        issued_on,
        due_on,
        written_off_on,
        starts_on,
        next_change_on,
        amount,
        settled_amount,
        settled_amount_days,
        unpaid_amount,
        unpaid_amount > 0 and not is_voided and not is_written_off as is_open,
        {{ add_days('greatest(issued_on, due_on)', [
            metric_parameter('overdue_share', 'window_days') | int,
            metric_parameter('avg_days_late', 'window_days') | int,
            metric_parameter('failed_payment_rate', 'window_days') | int,
        ] | max) }} as last_window_ends_on
    from states

),

final as (

    select
        account_id,
        invoice_id,
        is_auto_pay,
        is_open,
        has_failed,
        is_disputed,
        is_voided,
        is_written_off,
        issued_on,
        due_on,
        written_off_on,
        starts_on,
        case
            when is_open then next_change_on
            else {{ earlier_end('next_change_on', 'last_window_ends_on') }}
        end as ends_on,
        amount,
        settled_amount,
        settled_amount_days,
        unpaid_amount
    from ends

)

select * from final
