{%- set window_days = metric_parameter('reopen_rate', 'window_days') | int -%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

ticket_spans as (

    select * from {{ ref('fct_ticket_spans') }}

),

{# A solution and a reopening are both needed of one ticket, so tickets are counted, not events. #}
tickets_by_date as (

    select
        spine.account_id,
        spine.as_of_date,
        ticket_spans.ticket_id,
        max(case when ticket_spans.ticket_status = 'solved' then 1 else 0 end) as is_solved,
        max(case when ticket_spans.is_reopened then 1 else 0 end) as is_reopened
    from ticket_spans
    inner join spine
        on
            ticket_spans.account_id = spine.account_id
            and ticket_spans.known_on <= spine.as_of_date
            and ticket_spans.starts_on <= spine.as_of_date
            and ticket_spans.starts_on > {{ add_days('spine.as_of_date', -window_days) }}
    where ticket_spans.ticket_status = 'solved' or ticket_spans.is_reopened
    group by spine.account_id, spine.as_of_date, ticket_spans.ticket_id

),

final as (

    select
        account_id,
        as_of_date,
        count(*) as solved_count,
        count(*) filter (where is_reopened = 1) as reopened_count
    from tickets_by_date
    where is_solved = 1
    group by account_id, as_of_date

)

select * from final
