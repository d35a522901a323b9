{{ config(materialized='view') }}

{%- set weeks = metric_parameter('usage_windows', 'weeks') | int -%}
{%- set activation_days = metric_parameter('activation_progress', 'max_days') -%}
with

states as (

    select * from {{ ref('int_metrics_usage__states') }}

),

{# What the contract rules out stands before what telemetry cannot say, and both before a finding of
   no use. Zero users make a ratio of users 0/0: left unknown, it would fall back to the typical
   account and lift a dead one; as not applicable, the zeros of the other metrics decide.
   Without billing, tenure counts from the account's creation, perhaps long before its contract: then
   only early use proves that activation is over. #}
final as (

    select
        account_id,
        as_of_date,
        case
            when
                has_unlimited_seats
                or is_consumption_plan
                or tenure_days < {{ metric_parameter('licence_utilisation', 'min_tenure_days') }}
                then 'not_applicable'
            else telemetry_hint
        end as utilisation_hint,
        case
            when telemetry_hint is null and window_0_users = 0 then 'not_applicable'
            else telemetry_hint
        end as users_hint,
        case
            when
                telemetry_hint is null
                and (
                    0
                    {%- for week in range(weeks) %}
                    + week_{{ week }}_users
                    {%- endfor %}
                ) = 0
                then 'not_applicable'
            else telemetry_hint
        end as trend_hint,
        case
            when
                telemetry_hint is null and recent_value_events + earlier_value_events = 0
                then 'not_applicable'
            else telemetry_hint
        end as change_hint,
        case
            when
                entitled_feature_count < {{ metric_parameter('feature_breadth', 'min_features') }}
                then 'not_applicable'
            else telemetry_hint
        end as breadth_hint,
        case
            when
                (is_paying is not null and tenure_days > {{ activation_days }})
                or {{ days_between('first_user_on', 'as_of_date') }} > {{ activation_days }}
                then 'not_applicable'
            when tenure_days > {{ activation_days }} then 'never_observed'
            else telemetry_hint
        end as activation_hint
    from states

)

select * from final
