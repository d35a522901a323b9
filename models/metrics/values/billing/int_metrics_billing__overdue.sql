with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

invoice_spans as (

    select * from {{ ref('int_metrics_billing__invoice_spans') }}

),

{# An open invoice is overdue from the day after its due date until it is paid, written off or
   disputed. #}
overdue_spans as (

    select
        account_id,
        due_on,
        unpaid_amount,
        greatest(starts_on, {{ add_days('due_on', 1) }}) as starts_on,
        {{ earlier_end('ends_on', earlier_end('written_off_on', 'disputed_on')) }} as ends_on
    from invoice_spans
    where unpaid_amount > 0

),

overdue_by_date as (

    select
        spine.account_id,
        spine.as_of_date,
        overdue_spans.unpaid_amount,
        {{ days_between('overdue_spans.due_on', 'spine.as_of_date') }} as days_past_due,
        greatest(
            {{ metric_parameter('max_days_past_due', 'smallest_open_amount') }},
            {{ metric_parameter('max_days_past_due', 'smallest_open_mrr_share') }}
            * coalesce({{ finite('spine.mrr') }}, 0)
        ) as smallest_amount
    from overdue_spans
    inner join spine
        on
            overdue_spans.account_id = spine.account_id
            and {{ valid_on('spine.as_of_date', 'overdue_spans', 'starts_on', 'ends_on') }}
    where overdue_spans.ends_on is null or overdue_spans.ends_on > overdue_spans.starts_on

),

final as (

    select
        account_id,
        as_of_date,
        max(days_past_due) filter (where unpaid_amount > smallest_amount) as days_past_due,
        sum(unpaid_amount) as overdue_amount
    from overdue_by_date
    group by account_id, as_of_date

)

select * from final
