{%- set late_days = metric_parameter('avg_days_late', 'window_days') -%}
{%- set failed_days = metric_parameter('failed_payment_rate', 'window_days') -%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

grid_days as (

    select * from {{ ref('int_metrics_grid__days') }}

),

grid_spans as (

    select * from {{ ref('int_metrics_affected__grid_spans') }}

),

invoice_spans as (

    select * from {{ ref('int_metrics_billing__invoice_spans') }}
    {{ affected_since('account_id', 'coalesce(ends_on, ' ~ latest_date() ~ ')') }}

),

overdue as (

    select * from {{ ref('int_metrics_billing__overdue') }}

),

grievances as (

    select * from {{ ref('int_metrics_billing__grievances') }}

),

{# One row per invoice and date on which it matters, so that every value is a filter of one pass.
   What is unpaid is late up to the date, or to its write-off; a dispute is no delay. #}
invoices_by_date as (

    select
        invoice_spans.account_id,
        grid_spans.as_of_date,
        invoice_spans.amount,
        invoice_spans.settled_amount,
        invoice_spans.settled_amount_days,
        {{ days_between('invoice_spans.due_on', 'grid_spans.as_of_date') }} as due_age,
        {{ days_between('invoice_spans.issued_on', 'grid_spans.as_of_date') }} as issued_age,
        coalesce(invoice_spans.is_auto_pay, false) as is_auto_pay,
        coalesce(invoice_spans.failed_on <= grid_spans.as_of_date, false) as has_failed,
        case
            when invoice_spans.due_on >= grid_spans.as_of_date then 0
            when invoice_spans.disputed_on <= grid_spans.as_of_date then 0
            else invoice_spans.unpaid_amount
        end as late_amount,
        {{ days_between(
            'invoice_spans.due_on',
            earlier_end('invoice_spans.written_off_on', 'grid_spans.as_of_date')
        ) }} as late_days
    from invoice_spans
    inner join grid_days as start_days
        on {{ counted_on('invoice_spans.starts_on') }} = start_days.calendar_date
    left join grid_days as end_days on invoice_spans.ends_on = end_days.calendar_date
    inner join grid_spans
        on
            start_days.date_number = grid_spans.start_number
            and coalesce(end_days.date_number, 0) = grid_spans.end_number

),

invoice_states as (

    select
        account_id,
        as_of_date,
        sum(amount) filter (
            where issued_age < {{ metric_parameter('overdue_share', 'window_days') }}
        ) as invoiced_amount,
        count(*) filter (
            where due_age >= 0 and due_age < {{ late_days }} and amount > 0
        ) as matured_count,
        sum(settled_amount + late_amount) filter (
            where due_age >= 0 and due_age < {{ late_days }}
        ) as matured_amount,
        sum(settled_amount_days + late_amount * late_days) filter (
            where due_age >= 0 and due_age < {{ late_days }}
        ) as matured_amount_days,
        count(*) filter (
            where is_auto_pay and issued_age < {{ failed_days }}
        ) as auto_pay_count,
        count(*) filter (
            where is_auto_pay and has_failed and issued_age < {{ failed_days }}
        ) as failed_count
    from invoices_by_date
    group by account_id, as_of_date

),

final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.is_auto_pay,
        overdue.days_past_due,
        overdue.overdue_amount,
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
    left join overdue
        on
            spine.account_id = overdue.account_id
            and spine.as_of_date = overdue.as_of_date
    left join grievances
        on
            spine.account_id = grievances.account_id
            and spine.as_of_date = grievances.as_of_date

)

select * from final
