with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

invoice_spans as (

    select * from {{ ref('int_metrics_billing__invoice_spans') }}

),

adjustments as (

    select * from {{ ref('fct_billing_adjustments') }}

),

adjustment_rules as (

    select * from {{ ref('adjustment_rules') }}

),

{# One row per invoice and date on which it matters, so that every value is a filter of one pass. #}
invoices_by_date as (

    select
        spine.account_id,
        spine.as_of_date,
        invoice_spans.amount,
        invoice_spans.unpaid_amount,
        invoice_spans.settled_amount,
        invoice_spans.settled_amount_days,
        invoice_spans.has_failed,
        {{ days_between('invoice_spans.due_on', 'spine.as_of_date') }} as due_age,
        {{ days_between('invoice_spans.issued_on', 'spine.as_of_date') }} as issued_age,
        {{ days_between(
            'invoice_spans.due_on',
            earlier_end('invoice_spans.written_off_on', 'spine.as_of_date')
        ) }} as unpaid_days,
        {{ days_between('invoice_spans.due_on', 'spine.as_of_date') }} >= 0
        and {{ days_between('invoice_spans.due_on', 'spine.as_of_date') }}
        < {{ metric_parameter('avg_days_late', 'window_days') }} as is_matured,
        coalesce(invoice_spans.is_auto_pay, false) as is_auto_pay,
        invoice_spans.is_open and not invoice_spans.is_disputed as is_owed,
        not invoice_spans.is_disputed as is_undisputed,
        greatest(
            {{ metric_parameter('max_days_past_due', 'smallest_open_amount') }},
            {{ metric_parameter('max_days_past_due', 'smallest_open_mrr_share') }}
            * coalesce({{ finite('spine.mrr') }}, 0)
        ) as smallest_amount
    from invoice_spans
    inner join spine
        on
            invoice_spans.account_id = spine.account_id
            and {{ valid_on('spine.as_of_date', 'invoice_spans', 'starts_on', 'ends_on') }}
    where not invoice_spans.is_voided

),

invoice_states as (

    select
        account_id,
        as_of_date,
        max(due_age) filter (
            where is_owed and due_age > 0 and unpaid_amount > smallest_amount
        ) as days_past_due,
        sum(unpaid_amount) filter (where is_owed and due_age > 0) as overdue_amount,
        sum(amount) filter (
            where issued_age < {{ metric_parameter('overdue_share', 'window_days') }}
        ) as invoiced_amount,
        count(*) filter (where is_matured and amount > 0) as matured_count,
        sum(
            settled_amount + case when is_undisputed and due_age > 0 then unpaid_amount else 0 end
        ) filter (where is_matured) as matured_amount,
        sum(
            settled_amount_days
            + case when is_undisputed and due_age > 0 then unpaid_amount * unpaid_days else 0 end
        ) filter (where is_matured) as matured_amount_days,
        count(*) filter (
            where
                is_auto_pay
                and issued_age < {{ metric_parameter('failed_payment_rate', 'window_days') }}
        ) as auto_pay_count,
        count(*) filter (
            where
                is_auto_pay and has_failed
                and issued_age < {{ metric_parameter('failed_payment_rate', 'window_days') }}
        ) as failed_count
    from invoices_by_date
    group by account_id, as_of_date

),

grievances as (

    select
        spine.account_id,
        spine.as_of_date,
        sum(cast(coalesce({{ finite('adjustments.amount') }}, 0) as numeric(18, 4)))
            as grievance_amount
    from adjustments
    inner join adjustment_rules
        on adjustments.adjustment_type = adjustment_rules.adjustment_type
    inner join spine
        on
            adjustments.account_id = spine.account_id
            and adjustments.known_on <= spine.as_of_date
            and {{ days_between('adjustments.adjusted_on', 'spine.as_of_date') }}
            < {{ metric_parameter('dispute_credit_share', 'window_days') }}
    where adjustment_rules.is_grievance = 1
    group by spine.account_id, spine.as_of_date

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.is_auto_pay,
        invoice_states.days_past_due,
        invoice_states.overdue_amount,
        invoice_states.invoiced_amount,
        invoice_states.matured_count,
        invoice_states.matured_amount,
        invoice_states.matured_amount_days,
        invoice_states.auto_pay_count,
        invoice_states.failed_count,
        grievances.grievance_amount
    from spine
    left join invoice_states
        on
            spine.account_id = invoice_states.account_id
            and spine.as_of_date = invoice_states.as_of_date
    left join grievances
        on
            spine.account_id = grievances.account_id
            and spine.as_of_date = grievances.as_of_date

)

select * from final
