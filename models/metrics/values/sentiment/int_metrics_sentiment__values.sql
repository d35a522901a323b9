{{ config(materialized='incremental') }}

with

states as (

    select * from {{ ref('int_metrics_sentiment__states') }}

),

pulses as (

    select * from {{ ref('int_metrics_sentiment__pulses') }}

),

final as (

    select
        states.account_id,
        states.as_of_date,
        states.nps_mean as nps_account_value,
        cast(null as {{ dbt.type_string() }}) as nps_account_hint,
        coalesce(states.nps_mass, 0) as nps_account_sample,
        states.nps_last_on as nps_account_last_on,
        states.csat_mean as csat_share_value,
        cast(null as {{ dbt.type_string() }}) as csat_share_hint,
        coalesce(states.csat_mass, 0) as csat_share_sample,
        states.csat_last_on as csat_share_last_on,
        states.text_mean as text_sentiment_value,
        cast(null as {{ dbt.type_string() }}) as text_sentiment_hint,
        coalesce(states.text_mass, 0) as text_sentiment_sample,
        states.text_last_on as text_sentiment_last_on,
        cast(
            case
                when coalesce(states.touch_model, '') != 'tech_touch' then pulses.pulse_points
            end as {{ type_double() }}
        ) as csm_pulse_value,
        case when states.touch_model = 'tech_touch' then 'not_applicable' end as csm_pulse_hint,
        cast(null as {{ type_double() }}) as csm_pulse_sample,
        pulses.rated_on as csm_pulse_last_on,
        cast(states.replied_count as {{ type_double() }})
        / nullif(states.invited_count, 0) as survey_response_rate_value,
        cast(null as {{ dbt.type_string() }}) as survey_response_rate_hint,
        cast(
            coalesce(states.invited_count, 0) as {{ type_double() }}
        ) as survey_response_rate_sample,
        states.last_invited_on as survey_response_rate_last_on
    from states
    left join pulses
        on
            states.account_id = pulses.account_id
            and states.as_of_date = pulses.as_of_date

)

select * from final
