{%- set weeks = metric_parameter('usage_windows', 'weeks') | int -%}
{%- set weeks_in_window =
    (metric_parameter('usage_windows', 'window_days') | int)
    // (metric_parameter('usage_windows', 'week_days') | int)
-%}
with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

firsts_and_lasts as (

    select * from {{ ref('int_metrics_usage__firsts_and_lasts') }}

),

active_users as (

    select * from {{ ref('int_metrics_usage__active_users') }}

),

feature_use as (

    select * from {{ ref('int_metrics_usage__feature_use') }}

),

key_actions as (

    select * from {{ ref('int_metrics_usage__key_actions') }}

),

entitled_features as (

    select * from {{ ref('int_metrics_usage__entitled_features') }}

),

{# An account without events in the window was used by nobody: whether that is a finding or silence
   is what telemetry_hint says. #}
final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.tenure_days,
        spine.is_paying,
        nullif(spine.seats, 0) as seats,
        coalesce(spine.has_unlimited_seats, false) as has_unlimited_seats,
        coalesce(spine.has_commitment, false)
        and coalesce(spine.seats, 0) = 0 as is_consumption_plan,
        {%- for week in range(weeks) %}
        coalesce(active_users.week_{{ week }}_users, 0) as week_{{ week }}_users,
        {%- endfor %}
        {%- for window in range(weeks // weeks_in_window) %}
        coalesce(active_users.window_{{ window }}_users, 0) as window_{{ window }}_users,
        {%- endfor %}
        coalesce(key_actions.recent_value_events, 0) as recent_value_events,
        coalesce(key_actions.earlier_value_events, 0) as earlier_value_events,
        coalesce(feature_use.top_user_value_events, 0) as top_user_value_events,
        {{ bit_total(bits_in_both(
            'coalesce(feature_use.used_features, 0)', 'entitled_features.entitled_features'
        )) }} as used_feature_count,
        {{ bit_total(bits_in_both(
            'coalesce(feature_use.shared_features, 0)', 'entitled_features.entitled_features'
        )) }} as shared_feature_count,
        entitled_features.entitled_count as entitled_feature_count,
        firsts_and_lasts.milestone_count,
        firsts_and_lasts.first_user_on,
        firsts_and_lasts.last_user_on,
        firsts_and_lasts.last_signal_on,
        {{ days_between('firsts_and_lasts.last_signal_on', 'spine.as_of_date') }} as silent_days,
        case
            when firsts_and_lasts.last_signal_on is null then 'never_observed'
            when
                {{ days_between('firsts_and_lasts.last_signal_on', 'spine.as_of_date') }}
                >= {{ metric_parameter('telemetry', 'dark_days') }}
                then 'stale'
        end as telemetry_hint
    from spine
    inner join firsts_and_lasts
        on
            spine.account_id = firsts_and_lasts.account_id
            and spine.as_of_date = firsts_and_lasts.as_of_date
    left join active_users
        on
            firsts_and_lasts.account_key = active_users.account_key
            and spine.as_of_date = active_users.as_of_date
    left join feature_use
        on
            firsts_and_lasts.account_key = feature_use.account_key
            and spine.as_of_date = feature_use.as_of_date
    left join key_actions
        on
            firsts_and_lasts.account_key = key_actions.account_key
            and spine.as_of_date = key_actions.as_of_date
    left join entitled_features
        on
            spine.plan_tier = entitled_features.plan_tier
            and spine.as_of_date = entitled_features.as_of_date

)

select * from final
