{%- set minutes_per_hour = 60 -%}
{%- set response_window_days = metric_parameter('first_response_ratio', 'window_days') | int -%}
{%- set breach_window_days = metric_parameter('sla_breach_rate', 'window_days') | int -%}
{%- set rate_window_days = metric_parameter('sev_ticket_rate_ratio', 'window_days') | int -%}
with

ticket_dates as (

    select * from {{ ref('int_metrics_support__ticket_dates') }}

),

ticket_states as (

    select * from {{ ref('int_metrics_support__ticket_states') }}

),

account_calendars as (

    select * from {{ ref('dim_account_calendars') }}

),

severities as (

    select * from {{ ref('sla_targets') }}

),

{# A ticket that nobody answered has waited until now, or until it was closed without a word. #}
answers as (

    select
        ticket_dates.*,
        ticket_states.ticket_status,
        ticket_states.severity as current_severity,
        ticket_states.open_minutes,
        {{ days_between('ticket_dates.opened_on', 'ticket_dates.as_of_date') }} as age_days,
        ticket_states.waiting_days,
        case
            when ticket_dates.first_response_minutes is not null then null
            when ticket_states.ticket_status = 'solved' then ticket_states.status_since_at
            else cast({{ add_days('ticket_dates.as_of_date', 1) }} as timestamp)
        end as unanswered_until
    from ticket_dates
    left join ticket_states
        on
            ticket_dates.ticket_id = ticket_states.ticket_id
            and ticket_dates.account_id = ticket_states.account_id
            and ticket_dates.as_of_date = ticket_states.as_of_date

),

waits as (

    select
        answers.*,
        case
            when answers.unanswered_until is not null
                then {{ business_minutes_between(
                    'answers.opened_at', 'answers.unanswered_until', 'account_calendars'
                ) }}
        end as unanswered_minutes
    from answers
    inner join account_calendars on answers.account_id = account_calendars.account_id

),

final as (

    select
        waits.account_id,
        waits.as_of_date,
        waits.ticket_id,
        case
            when
                waits.age_days < {{ rate_window_days }}
                and not (
                    coalesce(waits.ticket_type = 'question', false)
                    and waits.tenure_days - waits.age_days
                    < {{ metric_parameter('sev_ticket_rate_ratio', 'onboarding_days') }}
                )
                then opened_severities.severity_weight
        end as opened_weight,
        case
            when not waits.has_sla or waits.age_days >= {{ response_window_days }} then null
            when waits.first_response_minutes is not null
                then waits.first_response_minutes / nullif(waits.sla_first_response_minutes, 0)
            when waits.unanswered_minutes > waits.sla_first_response_minutes
                then waits.unanswered_minutes / nullif(waits.sla_first_response_minutes, 0)
        end as response_ratio,
        waits.has_sla and waits.age_days < {{ breach_window_days }} as is_judged,
        waits.has_sla
        and waits.age_days < {{ breach_window_days }}
        and (
            coalesce(waits.first_response_minutes, waits.unanswered_minutes)
            > waits.sla_first_response_minutes
            or coalesce(waits.open_minutes > waits.sla_resolution_minutes, false)
        ) as is_breached,
        coalesce(waits.ticket_status != 'solved', false) as is_open,
        waits.current_severity,
        current_severities.severity_weight
        * greatest(waits.age_days - waits.waiting_days, 0) as severity_days,
        waits.open_minutes / {{ minutes_per_hour }} as open_business_hours
    from waits
    left join severities as opened_severities on waits.severity = opened_severities.severity
    left join severities as current_severities
        on waits.current_severity = current_severities.severity

)

select * from final
