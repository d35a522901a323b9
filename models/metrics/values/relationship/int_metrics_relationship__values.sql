{{ config(materialized='incremental') }}

{%- set longest_days = metric_parameter('days_since_exec_touch', 'longest_days') -%}
with

states as (

    select * from {{ ref('int_metrics_relationship__states') }}

),

clocks as (

    select * from {{ ref('int_metrics_sources__clocks') }}

),

targets as (

    select * from {{ ref('multithreading_targets') }}

),

cadences as (

    select * from {{ ref('review_cadences') }}

),

{# Silence counts against an account only if we would have heard it speak: its owner's mail and
   calendar are synced, and the source is alive. #}
facts as (

    select
        states.account_id,
        states.as_of_date,
        states.is_synced,
        states.has_tags,
        states.thread_count,
        states.advocate_count,
        states.sponsor_count,
        states.key_contact_count,
        states.departed_count,
        states.meeting_count,
        states.missed_count,
        states.last_meeting_on,
        clocks.activity_last_on,
        clocks.success_last_on,
        clocks.reviews_last_on,
        clocks.is_activity_late,
        clocks.is_success_late,
        targets.target_contacts,
        cadences.cadence_days,
        coalesce(
            {{ days_between('states.last_exec_touch_on', 'states.as_of_date') }},
            states.tenure_days
        ) as exec_days,
        cast(
            coalesce(
                {{ days_between('states.last_review_on', 'states.as_of_date') }},
                states.tenure_days
            ) as {{ type_double() }}
        ) / nullif(cadences.cadence_days, 0) as review_ratio,
        states.is_synced and clocks.activity_last_on is not null
        and not clocks.is_activity_late as is_tracked,
        coalesce(states.touch_model, '') = 'tech_touch' as is_tech_touch,
        cadences.cadence_days is null and states.segment is not null
        and states.touch_model is not null as is_without_reviews
    from states
    inner join clocks on states.as_of_date = clocks.as_of_date
    left join targets on states.segment = targets.segment
    left join cadences
        on
            states.segment = cadences.segment
            and states.touch_model = cadences.touch_model

),

final as (

    select
        account_id,
        as_of_date,
        cast(
            case when has_tags and (advocate_count > 0 or is_tracked) then advocate_count end
            as {{ type_double() }}
        ) as champion_strength_value,
        case
            when has_tags and advocate_count = 0 and is_activity_late then 'source_late'
        end as champion_strength_hint,
        cast(null as {{ type_double() }}) as champion_strength_sample,
        case when has_tags then activity_last_on end as champion_strength_last_on,
        cast(
            case
                when not is_tech_touch and sponsor_count > 0 and is_tracked
                    then
                        case
                            when exec_days > {{ longest_days }} then {{ longest_days }}
                            else exec_days
                        end
            end as {{ type_double() }}
        ) as days_since_exec_touch_value,
        case
            when is_tech_touch then 'not_applicable'
            when sponsor_count > 0 and is_activity_late then 'source_late'
        end as days_since_exec_touch_hint,
        cast(null as {{ type_double() }}) as days_since_exec_touch_sample,
        case when sponsor_count > 0 then activity_last_on end as days_since_exec_touch_last_on,
        case
            when is_tracked
                then cast(thread_count as {{ type_double() }}) / nullif(target_contacts, 0)
        end as multithreading_value,
        case
            when is_synced and is_activity_late then 'source_late'
        end as multithreading_hint,
        cast(null as {{ type_double() }}) as multithreading_sample,
        case when is_synced then activity_last_on end as multithreading_last_on,
        case
            when reviews_last_on is null or is_success_late then null
            when review_ratio > {{ metric_parameter('qbr_adherence', 'longest_ratio') }}
                then {{ metric_parameter('qbr_adherence', 'longest_ratio') }}
            else review_ratio
        end as qbr_adherence_value,
        case
            when is_without_reviews then 'not_applicable'
            when reviews_last_on is not null and is_success_late then 'source_late'
        end as qbr_adherence_hint,
        cast(null as {{ type_double() }}) as qbr_adherence_sample,
        case
            when reviews_last_on is not null then success_last_on
        end as qbr_adherence_last_on,
        cast(missed_count as {{ type_double() }})
        / nullif(meeting_count, 0) as no_show_rate_value,
        cast(null as {{ dbt.type_string() }}) as no_show_rate_hint,
        cast(meeting_count as {{ type_double() }}) as no_show_rate_sample,
        last_meeting_on as no_show_rate_last_on,
        case
            when not is_success_late
                then cast(departed_count as {{ type_double() }}) / nullif(key_contact_count, 0)
        end as key_contact_turnover_value,
        case
            when key_contact_count > 0 and is_success_late then 'source_late'
        end as key_contact_turnover_hint,
        cast(key_contact_count as {{ type_double() }}) as key_contact_turnover_sample,
        case when has_tags then success_last_on end as key_contact_turnover_last_on
    from facts

)

select * from final
