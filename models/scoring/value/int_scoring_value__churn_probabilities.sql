with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

calibrations as (

    select * from {{ ref('int_scoring_value__calibrations') }}

),

contract_exposures as (

    select * from {{ ref('contract_exposures') }}

),

positioned as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        account_spine.is_current,
        account_spine.is_eligible,
        account_spine.ineligible_reason,
        account_spine.mrr,
        account_spine.arr,
        account_spine.contract_type,
        health_scores.score_version,
        health_scores.health_score,
        health_scores.band,
        calibrations.calibration_version,
        calibrations.objective_id,
        calibrations.intercept,
        calibrations.score_coefficient,
        calibrations.monthly_coefficient,
        calibrations.renewing_coefficient,
        calibrations.far_score_coefficient,
        calibrations.reference_score,
        calibrations.score_step,
        case
            when contract_exposures.is_monthly is null then null
            when contract_exposures.is_monthly then 'monthly'
            when account_spine.days_to_renewal <= calibrations.window_days then 'renewing'
            when account_spine.days_to_renewal > calibrations.window_days then 'far'
        end as contract_position
    from account_spine
    inner join calibrations
        on account_spine.as_of_date = calibrations.as_of_date
    inner join health_scores
        on
            account_spine.account_id = health_scores.account_id
            and account_spine.as_of_date = health_scores.as_of_date
            and calibrations.objective_id = health_scores.objective_id
    left join contract_exposures
        on account_spine.contract_type = contract_exposures.contract_type

),

{# Once a contract may end, its customer decides like one who renews. #}
judged as (

    select
        positioned.*,
        {{ churn_odds(
            'positioned.health_score', 'positioned.contract_position', 'positioned'
        ) }} as churn_odds,
        {{ churn_odds(
            'positioned.health_score',
            "case positioned.contract_position when 'monthly' then 'monthly' else 'renewing' end",
            'positioned'
        ) }} as decision_odds,
        case
            when not positioned.is_eligible then positioned.ineligible_reason
            when positioned.mrr is null then 'mrr_unknown'
            when positioned.contract_position is null then 'contract_unknown'
            when positioned.health_score is null then 'insufficient_data'
            else 'estimated'
        end as risk_status
    from positioned

),

final as (

    select
        account_id,
        as_of_date,
        is_current,
        risk_status,
        arr,
        contract_type,
        contract_position,
        calibration_version,
        objective_id,
        score_version,
        health_score,
        band,
        case when risk_status = 'estimated' then {{ settled(logistic('churn_odds')) }} end
            as churn_probability,
        case when risk_status = 'estimated' then {{ settled(logistic('decision_odds')) }} end
            as decision_probability
    from judged

)

select * from final
