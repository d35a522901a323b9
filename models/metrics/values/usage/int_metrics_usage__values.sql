{{ config(materialized='incremental') }}
{%- set windows = setting('metric_parameters')['usage_windows'] -%}
{%- set weeks, weeks_in_window = windows.weeks, windows.window_days // windows.week_days -%}
{%- set pseudo_count = metric_parameter('key_action_change', 'pseudo_count') -%}
{#- Value, what may stand in its place, observations behind it. -#}
{%- set values = [
    ('licence_utilisation', 'utilisation_hint', 'window_0_users'),
    ('stickiness_wau_mau', 'users_hint', 'window_0_users'),
    ('active_user_trend', 'trend_hint', 'null'),
    ('key_action_change', 'change_hint', 'recent_value_events + earlier_value_events'),
    ('feature_breadth', 'breadth_hint', 'window_0_users'),
    ('action_depth', 'users_hint', 'window_0_users'),
    ('days_since_human_activity', 'telemetry_hint', 'null'),
    ('user_concentration', 'users_hint', 'recent_value_events'),
    ('activation_progress', 'activation_hint', 'milestone_count'),
] -%}
with

states as (

    select * from {{ ref('int_metrics_usage__states') }}

),

hints as (

    select * from {{ ref('int_metrics_usage__hints') }}

),

activation_curve as (

    select * from {{ ref('int_metrics_usage__activation_curve') }}

),

{# The slope of evenly spaced weeks in closed form: a slope over equal values is 0, never NaN. #}
slopes as (

    select
        states.*,
        {{ days_between('states.first_user_on', 'states.as_of_date') }} as first_user_days,
        hints.utilisation_hint,
        hints.users_hint,
        hints.trend_hint,
        hints.change_hint,
        hints.breadth_hint,
        hints.activation_hint,
        activation_curve.expected_milestones,
        (
            {%- for week in range(weeks) %}
            {{ '+ ' if not loop.first }}{{ (weeks - 1) / 2 - week }}
            * ln(cast(1 + states.week_{{ week }}_users as {{ type_double() }}))
            {%- endfor %}
        ) / {{ weeks * (weeks ** 2 - 1) / 12 }} as weekly_slope
    from states
    inner join hints
        on states.account_id = hints.account_id and states.as_of_date = hints.as_of_date
    left join activation_curve
        on
            states.tenure_days >= activation_curve.from_tenure_days
            and states.tenure_days
            < coalesce(activation_curve.to_tenure_days, states.tenure_days + 1)

),

raw_values as (

    select
        *,
        cast(window_0_users as {{ type_double() }}) / seats as licence_utilisation,
        case
            when window_0_users >= {{ metric_parameter('stickiness_wau_mau', 'min_users') }}
                then
                    cast(
                        0
                        {%- for week in range(weeks_in_window) %}
                        + week_{{ week }}_users
                        {%- endfor %}
                        as {{ type_double() }}
                    ) / {{ weeks_in_window }} / nullif(window_0_users, 0)
        end as stickiness_wau_mau,
        case
            when first_user_days >= {{ metric_parameter('active_user_trend', 'min_days') }}
                then exp({{ weeks_in_window }} * weekly_slope) - 1
        end as active_user_trend,
        case
            when first_user_days >= {{ metric_parameter('key_action_change', 'min_days') }}
                then
                    ln(
                        cast(recent_value_events + {{ pseudo_count }} as {{ type_double() }})
                        / (
                            cast(earlier_value_events as {{ type_double() }})
                            / {{ windows.baseline_days / windows.window_days }} + {{ pseudo_count }}
                        )
                    )
        end as key_action_change,
        cast(
            case
                when seats < {{ metric_parameter('feature_breadth', 'small_account_seats') }}
                    then used_feature_count
                else shared_feature_count
            end as {{ type_double() }}
        ) / nullif(entitled_feature_count, 0) as feature_breadth,
        case
            when window_0_users >= {{ metric_parameter('action_depth', 'min_users') }}
                then
                    ln(
                        1 + cast(recent_value_events as {{ type_double() }})
                        / nullif(window_0_users, 0)
                    )
        end as action_depth,
        case
            when last_user_on is not null then {{ days_between('last_user_on', 'as_of_date') }}
            when
                tenure_days > {{ metric_parameter('days_since_human_activity', 'min_tenure_days') }}
                then tenure_days
        end as days_since_human_activity,
        case
            when window_0_users = 1 then 1
            when
                recent_value_events >= {{ metric_parameter('user_concentration', 'min_events') }}
                then
                    cast(top_user_value_events as {{ type_double() }})
                    / nullif(recent_value_events, 0)
        end as user_concentration,
        cast(milestone_count as {{ type_double() }}) / nullif(expected_milestones, 0)
            as activation_progress
    from slopes

),

final as (

    select
        account_id,
        {%- for value_id, hint, sample in values %}
        cast(
            case when {{ hint }} is null then {{ value_id }} end as {{ type_double() }}
        ) as {{ value_id }}_value,
        {{ hint }} as {{ value_id }}_hint,
        cast({{ sample }} as {{ type_double() }}) as {{ value_id }}_sample,
        last_signal_on as {{ value_id }}_last_on,
        {%- endfor %}
        as_of_date
    from raw_values

)

select * from final
