{{ config(materialized='view') }}

with

ticket_dates as (

    select * from {{ ref('int_metrics_support__ticket_dates') }}

),

span_clocks as (

    select * from {{ ref('int_metrics_support__span_clocks') }}

),

account_calendars as (

    select * from {{ ref('dim_account_calendars') }}

),

{# Only spans that were known then, one after the other: a change that was loaded late neither ends
   nor begins anything before its time. #}
known_spans as (

    select
        ticket_dates.account_id,
        ticket_dates.as_of_date,
        ticket_dates.ticket_id,
        span_clocks.ticket_status,
        span_clocks.severity,
        span_clocks.starts_at,
        span_clocks.starts_on,
        span_clocks.minutes_at_start,
        cast({{ add_days('ticket_dates.as_of_date', 1) }} as timestamp) as day_ends_at,
        lead(span_clocks.minutes_at_start) over spans_in_order as minutes_at_end,
        lead(span_clocks.starts_on) over spans_in_order as ends_on
    from ticket_dates
    inner join span_clocks
        on
            ticket_dates.ticket_id = span_clocks.ticket_id
            and ticket_dates.account_id = span_clocks.account_id
            and ticket_dates.as_of_date >= span_clocks.known_on
            and ticket_dates.as_of_date >= span_clocks.starts_on
    window spans_in_order as (
        partition by ticket_dates.ticket_id, ticket_dates.account_id, ticket_dates.as_of_date
        order by span_clocks.starts_at asc
    )

),

timed_spans as (

    select
        known_spans.*,
        known_spans.ends_on is null as is_last,
        case
            when known_spans.ticket_status != 'open' then 0
            when known_spans.ends_on is not null
                then known_spans.minutes_at_end - known_spans.minutes_at_start
            else {{ business_minutes_between(
                'known_spans.starts_at', 'known_spans.day_ends_at', 'account_calendars'
            ) }}
        end as open_minutes,
        case
            when known_spans.ticket_status = 'waiting_on_customer'
                then {{ days_between(
                    'known_spans.starts_on',
                    'coalesce(known_spans.ends_on, known_spans.as_of_date)'
                ) }}
            else 0
        end as waiting_days
    from known_spans
    inner join account_calendars on known_spans.account_id = account_calendars.account_id

),

final as (

    select
        account_id,
        as_of_date,
        ticket_id,
        max(ticket_status) filter (where is_last) as ticket_status,
        max(severity) filter (where is_last) as severity,
        max(starts_at) filter (where is_last) as status_since_at,
        sum(open_minutes) as open_minutes,
        sum(waiting_days) as waiting_days
    from timed_spans
    group by account_id, as_of_date, ticket_id

)

select * from final
