{{ config(materialized='view') }}

with

account_slots as (

    select * from {{ ref('int_metrics_usage__account_slots') }}

),

telemetry_signals as (

    select * from {{ ref('fct_telemetry_signals') }}

),

calendar as (

    select * from {{ ref('int_metrics_usage__calendar') }}

),

kept_marks as (

    select * from {{ ref('int_metrics_usage__kept_marks') }}

),

bounds as (

    select
        min(first_counted_on) as first_as_of_date,
        max(first_counted_on) as last_as_of_date
    from calendar

),

slots as (

    select
        slot_ends_on,
        min(first_counted_on) as first_counted_on
    from calendar
    group by slot_ends_on

),

{# The engine tells a cross join as a comma, which binds less than a join after it: it comes
   last, so that the view can be made again from what the engine tells. #}
dated_slots as (

    select
        account_slots.account_key,
        coalesce(
            late_days.first_counted_on, slots.first_counted_on, bounds.first_as_of_date
        ) as counted_on,
        account_slots.first_user_on,
        account_slots.last_user_on,
        account_slots.last_event_on as last_signal_on,
        account_slots.milestones
    from account_slots
    left join slots on account_slots.slot_ends_on = slots.slot_ends_on
    left join calendar as late_days on account_slots.late_known_on = late_days.calendar_date
    cross join bounds

),

dated_signals as (

    select
        {{ key_hash(['telemetry_signals.account_id']) }} as account_key,
        coalesce(calendar.first_counted_on, bounds.first_as_of_date) as counted_on,
        max(telemetry_signals.signal_on) as last_signal_on
    from telemetry_signals
    left join calendar on telemetry_signals.known_on = calendar.calendar_date
    cross join bounds
    where telemetry_signals.known_on <= bounds.last_as_of_date
    group by
        telemetry_signals.account_id,
        coalesce(calendar.first_counted_on, bounds.first_as_of_date)

),

{# Of events that are not read again, what was known of them stands. #}
final as (

    select
        account_key,
        counted_on,
        first_user_on,
        last_user_on,
        last_signal_on,
        milestones
    from dated_slots
    union all
    select
        account_key,
        counted_on,
        cast(null as date) as first_user_on,
        cast(null as date) as last_user_on,
        last_signal_on,
        cast(null as bigint) as milestones
    from dated_signals
    union all
    select
        account_key,
        kept_on as counted_on,
        first_user_on,
        last_user_on,
        last_signal_on,
        milestones
    from kept_marks
    where kept_on is not null

)

select * from final
