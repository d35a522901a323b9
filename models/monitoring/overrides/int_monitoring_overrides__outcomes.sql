with

account_overrides as (

    select * from {{ ref('fct_account_overrides') }}

),

outcome_objectives as (

    select * from {{ ref('override_outcome_objectives') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

churn_risks as (

    select * from {{ ref('fct_account_churn_risks') }}

),

calibrations as (

    select * from {{ ref('churn_calibrations') }}

),

active_periods as (

    select * from {{ ref('fct_account_active_periods') }}

),

first_dates as (

    select
        override_id,
        account_id,
        objective_id,
        reason_code,
        min(as_of_date) as first_date
    from account_overrides
    group by override_id, account_id, objective_id, reason_code

),

{# One look at each override, on its first date: later dates of the same one are no new evidence. #}
judged as (

    select
        first_dates.*,
        outcome_objectives.objective_id is not null as is_loss_outcome,
        churn_risks.risk_status,
        {{ add_days('first_dates.first_date', 'calibrations.lead_days') }} as window_starts_on,
        {{ add_days(
            'first_dates.first_date', 'calibrations.lead_days + calibrations.horizon_days'
        ) }} as window_ends_on,
        health_scores.override_points,
        {{ settled(logistic(
            churn_odds('health_scores.gated_score', 'churn_risks.contract_position')
        )) }} as gated_probability,
        {{ settled(logistic(
            churn_odds('health_scores.health_score', 'churn_risks.contract_position')
        )) }} as final_probability
    from first_dates
    inner join health_scores
        on
            first_dates.account_id = health_scores.account_id
            and first_dates.first_date = health_scores.as_of_date
            and first_dates.objective_id = health_scores.objective_id
    left join outcome_objectives on first_dates.objective_id = outcome_objectives.objective_id
    left join churn_risks
        on
            first_dates.account_id = churn_risks.account_id
            and first_dates.first_date = churn_risks.as_of_date
    left join calibrations on churn_risks.calibration_version = calibrations.calibration_version

),

endings as (

    select
        judged.override_id,
        min(active_periods.churn_date) as churn_date,
        min(active_periods.churn_type) as churn_type
    from judged
    inner join active_periods
        on
            judged.account_id = active_periods.account_id
            and judged.first_date >= active_periods.period_start
            and judged.first_date < active_periods.churn_date
            and judged.window_ends_on >= active_periods.churn_date
    group by judged.override_id

),

{# A loss too soon after the override could not have been prevented, and one for reasons outside of
   the relationship says nothing about it. #}
final as (

    select
        judged.override_id,
        judged.account_id,
        judged.objective_id,
        judged.reason_code,
        judged.first_date,
        judged.override_points,
        case
            when not judged.is_loss_outcome then 'other_outcome'
            when judged.risk_status is null or judged.risk_status != 'estimated' then 'not_scored'
            when judged.final_probability is null then 'not_scored'
            when
                {{ add_days('judged.window_ends_on', setting('churn_gap_days')) }}
                > {{ as_of_date() }} then 'not_yet'
            when endings.churn_date <= judged.window_starts_on then 'too_soon'
            when endings.churn_type in ('acausal', 'migration') then 'other_cause'
            else 'matured'
        end as outcome_status,
        judged.gated_probability,
        judged.final_probability,
        endings.churn_date,
        endings.churn_date is not null as is_lost
    from judged
    left join endings on judged.override_id = endings.override_id

)

select * from final
