{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    meta={'kept_by': {'ticket_id': 'int_changes__tickets'}}
) }}

with

ticket_spans as (

    select * from {{ ref('fct_ticket_spans') }}
    {{ changed_only('int_changes__tickets', 'ticket_id') }}

),

account_calendars as (

    select * from {{ ref('dim_account_calendars') }}

),

{# The calendar is read once per span: the business time between two moments is then a difference
   of two numbers. #}
timed_spans as (

    select
        ticket_spans.ticket_id,
        ticket_spans.account_id,
        ticket_spans.ticket_status,
        ticket_spans.severity,
        ticket_spans.is_reopened,
        ticket_spans.starts_at,
        ticket_spans.starts_on,
        ticket_spans.known_on,
        {{ business_minutes_until(
            to_local_time('ticket_spans.starts_at', 'account_calendars.time_zone'),
            'account_calendars'
        ) }} as minutes_at_start
    from ticket_spans
    inner join account_calendars on ticket_spans.account_id = account_calendars.account_id

),

{# A ticket whose last span is a solution is settled once all of its spans are known. #}
ranked_spans as (

    select
        *,
        max(known_on) over (partition by ticket_id) as all_known_on,
        row_number() over (partition by ticket_id order by starts_at desc) as span_rank
    from timed_spans

),

final as (

    select
        ticket_id,
        account_id,
        ticket_status,
        severity,
        is_reopened,
        starts_at,
        starts_on,
        known_on,
        minutes_at_start,
        case
            when span_rank = 1 and ticket_status = 'solved' then all_known_on
        end as settled_on
    from ranked_spans

)

select * from final
