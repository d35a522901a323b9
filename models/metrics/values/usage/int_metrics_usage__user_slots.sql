{%- set marks = ref('int_metrics_usage__kept_marks') -%}
with

all_events as (

    select * from {{ ref('fct_usage_events') }}

),

calendar as (

    select * from {{ ref('int_metrics_usage__calendar') }}

),

milestones as (

    select * from {{ ref('int_metrics_usage__milestones') }}

),

{% if carried_database() -%}
kept_marks as (

    select * from {{ marks }}

),

last_marks as (

    select max(read_after) as read_after from kept_marks

),

{# Most accounts are affected on the last date alone. Only the others are looked up event by event. #}
earlier_accounts as (

    select kept_marks.account_id
    from kept_marks
    inner join last_marks on kept_marks.read_after < last_marks.read_after

),

{# What was read in earlier runs, and no window of an affected date reaches, is not read again. #}
usage_events as (

    select all_events.*
    from all_events
    cross join last_marks
    left join earlier_accounts on all_events.account_id = earlier_accounts.account_id
    where
        all_events.known_on > last_marks.read_after
        or earlier_accounts.account_id is not null

),

{% else -%}
usage_events as (

    select * from all_events

),

{% endif -%}
bounds as (

    select
        min(first_counted_on) as first_as_of_date,
        max(first_counted_on) as last_as_of_date
    from calendar

),

{# The one pass over the events. Two numbers instead of two texts as keys halve its cost; bots and
   employees share one row without a user, which only proves that telemetry lives. #}
keyed_events as (

    select
        {{ key_hash(['usage_events.account_id']) }} as account_key,
        case
            when usage_events.is_human and usage_events.user_id is not null
                then {{ key_hash(['usage_events.user_id']) }}
        end as user_key,
        calendar.slot_ends_on,
        case
            when
                usage_events.known_on
                > coalesce(calendar.first_counted_on, bounds.first_as_of_date)
                then usage_events.known_on
        end as late_known_on,
        calendar.day_bit,
        calendar.is_after_split,
        usage_events.feature_bit,
        usage_events.is_core_feature,
        usage_events.is_value_event,
        milestones.milestone_bit,
        usage_events.event_on
    from usage_events
    cross join bounds
    left join calendar on usage_events.event_on = calendar.calendar_date
    left join milestones on usage_events.milestone_id = milestones.milestone_id
    where usage_events.known_on <= bounds.last_as_of_date

),

final as (

    select
        account_key,
        user_key,
        slot_ends_on,
        late_known_on,
        {{ bits_in_any('day_bit') }} as active_days,
        {{ bits_in_any(bit_at('feature_bit')) }} filter (where is_core_feature) as core_features,
        {{ bits_in_any('milestone_bit') }} as milestones,
        count(*) filter (where is_value_event) as value_events,
        count(*) filter (where is_value_event and is_after_split) as value_events_after_split,
        min(event_on) as first_event_on,
        max(event_on) as last_event_on
    from keyed_events
    group by account_key, user_key, slot_ends_on, late_known_on

)

select * from final
