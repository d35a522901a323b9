{%- set feature_slots = metric_parameter('feature_breadth', 'feature_slots') | int -%}
{%- set min_users = metric_parameter('feature_breadth', 'min_users') | int -%}
with

user_slots as (

    select * from {{ ref('int_metrics_usage__user_slots') }}
    {{ affected_since(
        'account_key', 'slot_ends_on', metric_parameter('usage_windows', 'window_days') | int
    ) }}

),

slot_windows as (

    select * from {{ ref('int_metrics_usage__slot_windows') }}

),

user_windows as (

    select
        user_slots.account_key,
        slot_windows.as_of_date,
        {{ bits_in_any('user_slots.core_features') }} as core_features,
        sum(user_slots.value_events) as value_events
    from user_slots
    inner join slot_windows on user_slots.slot_ends_on = slot_windows.slot_ends_on
    where
        slot_windows.is_recent
        and user_slots.user_key is not null
        and (
            user_slots.late_known_on is null
            or user_slots.late_known_on <= slot_windows.as_of_date
        )
        and {{ is_affected('user_slots.account_key', 'slot_windows.as_of_date') }}
    group by user_slots.account_key, user_slots.user_key, slot_windows.as_of_date

),

feature_users as (

    select
        account_key,
        as_of_date,
        cast(sum(value_events) as bigint) as value_events,
        cast(max(value_events) as bigint) as top_user_value_events,
        {%- for feature in range(feature_slots) %}
        count(*) filter (
            where {{ bits_in_both('core_features', bit_at(feature)) }} != 0
        ) as feature_{{ feature }}_users,
        {%- endfor %}
        {{ bits_in_any('core_features') }} as used_features
    from user_windows
    group by account_key, as_of_date

),

final as (

    select
        account_key,
        as_of_date,
        value_events,
        top_user_value_events,
        coalesce(used_features, 0) as used_features,
        (
            0
            {%- for feature in range(feature_slots) %}
            + case
                when feature_{{ feature }}_users >= {{ min_users }} then {{ bit_at(feature) }}
                else 0
            end
            {%- endfor %}
        ) as shared_features
    from feature_users

)

select * from final
