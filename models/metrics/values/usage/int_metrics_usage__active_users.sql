{%- set week_days = metric_parameter('usage_windows', 'week_days') | int -%}
{%- set weeks = metric_parameter('usage_windows', 'weeks') | int -%}
{%- set weeks_in_window =
    (metric_parameter('usage_windows', 'window_days') | int) // week_days
-%}
with

user_slots as (

    select * from {{ ref('int_metrics_usage__user_slots') }}
    {{ affected_since('account_key', 'slot_ends_on', weeks * week_days) }}

),

calendar as (

    select * from {{ ref('int_metrics_usage__calendar') }}

),

week_masks as (

    select * from {{ ref('int_metrics_usage__week_masks') }}

),

slot_blocks as (

    select distinct
        slot_ends_on,
        block_number
    from calendar

),

user_blocks as (

    select
        user_slots.account_key,
        user_slots.user_key,
        slot_blocks.block_number,
        user_slots.late_known_on,
        {{ bits_in_any('user_slots.active_days') }} as active_days
    from user_slots
    inner join slot_blocks on user_slots.slot_ends_on = slot_blocks.slot_ends_on
    where user_slots.user_key is not null
    group by
        user_slots.account_key,
        user_slots.user_key,
        slot_blocks.block_number,
        user_slots.late_known_on

),

dated_blocks as (

    select
        user_blocks.account_key,
        user_blocks.user_key,
        week_masks.as_of_date,
        (
            0
            {%- for week in range(weeks) %}
            + case
                when
                    {{ bits_in_both(
                        'user_blocks.active_days', 'week_masks.week_' ~ week ~ '_days'
                    ) }} != 0
                    then {{ 2 ** week }}
                else 0
            end
            {%- endfor %}
        ) as active_weeks
    from user_blocks
    inner join week_masks on user_blocks.block_number = week_masks.block_number
    where
        (
            user_blocks.late_known_on is null
            or user_blocks.late_known_on <= week_masks.as_of_date
        )
        and {{ is_affected('user_blocks.account_key', 'week_masks.as_of_date') }}

),

{# The weeks in which a user was seen are enough: every longer window is a union of weeks. #}
user_weeks as (

    select
        account_key,
        as_of_date,
        {{ bits_in_any('active_weeks') }} as active_weeks
    from dated_blocks
    group by account_key, user_key, as_of_date

),

final as (

    select
        account_key,
        {%- for week in range(weeks) %}
        count(*) filter (
            where {{ bits_in_both('active_weeks', 2 ** week) }} != 0
        ) as week_{{ week }}_users,
        {%- endfor %}
        {%- for window in range(weeks // weeks_in_window) %}
        count(*) filter (
            where {{ bits_in_both(
                'active_weeks', (2 ** weeks_in_window - 1) * 2 ** (weeks_in_window * window)
            ) }} != 0
        ) as window_{{ window }}_users,
        {%- endfor %}
        as_of_date
    from user_weeks
    group by account_key, as_of_date

)

select * from final
