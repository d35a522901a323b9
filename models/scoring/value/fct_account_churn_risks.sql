{{ config(materialized='incremental', meta={'affected_by': 'int_scoring__affected_dates'}) }}

with

churn_probabilities as (

    select * from {{ ref('int_scoring_value__churn_probabilities') }}
    {{ affected_only('int_scoring__affected_dates') }}

),

band_contractions as (

    select * from {{ ref('band_contractions') }}

),

{# Money that cannot leave within the window is not at risk in it, however bad the score. #}
exposed as (

    select
        churn_probabilities.account_id,
        churn_probabilities.as_of_date,
        churn_probabilities.is_current,
        churn_probabilities.risk_status,
        churn_probabilities.calibration_version,
        churn_probabilities.objective_id,
        churn_probabilities.health_score,
        churn_probabilities.band,
        churn_probabilities.contract_type,
        churn_probabilities.contract_position,
        churn_probabilities.arr,
        churn_probabilities.churn_probability,
        churn_probabilities.decision_probability,
        case
            when churn_probabilities.risk_status != 'estimated' then null
            when churn_probabilities.contract_position = 'far' then 0
            else churn_probabilities.arr
        end as exposed_arr,
        case
            when churn_probabilities.risk_status = 'estimated'
                then band_contractions.contraction_probability
        end as contraction_probability,
        case
            when churn_probabilities.risk_status = 'estimated'
                then band_contractions.contraction_ratio
        end as contraction_ratio
    from churn_probabilities
    left join band_contractions
        on
            churn_probabilities.score_version = band_contractions.score_version
            and churn_probabilities.band = band_contractions.band

),

final as (

    select
        account_id,
        as_of_date,
        is_current,
        risk_status,
        calibration_version,
        objective_id,
        health_score,
        band,
        contract_type,
        contract_position,
        arr,
        exposed_arr,
        churn_probability,
        decision_probability,
        contraction_probability,
        contraction_ratio,
        exposed_arr
        * (
            churn_probability
            + (1 - churn_probability) * contraction_probability * contraction_ratio
        ) as expected_loss
    from exposed

)

select * from final
