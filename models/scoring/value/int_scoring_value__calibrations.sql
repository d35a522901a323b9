with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

churn_calibrations as (

    select * from {{ ref('churn_calibrations') }}

),

scoring_dates as (

    select distinct as_of_date
    from account_spine

),

final as (

    select
        scoring_dates.as_of_date,
        churn_calibrations.calibration_version,
        churn_calibrations.objective_id,
        churn_calibrations.reference_score,
        churn_calibrations.score_step,
        churn_calibrations.lead_days + churn_calibrations.horizon_days as window_days,
        churn_calibrations.intercept,
        churn_calibrations.score_coefficient,
        churn_calibrations.monthly_coefficient,
        churn_calibrations.renewing_coefficient,
        churn_calibrations.far_score_coefficient
    from scoring_dates
    inner join churn_calibrations
        on {{ valid_on('scoring_dates.as_of_date', 'churn_calibrations') }}

)

select * from final
