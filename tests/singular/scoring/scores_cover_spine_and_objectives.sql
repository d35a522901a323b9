{# Every account and date has one row per objective. #}
with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

objectives as (

    select * from {{ ref('objectives') }}

),

expected_scores as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        objectives.objective_id
    from account_spine
    cross join objectives

),

final as (

    select
        coalesce(expected_scores.account_id, health_scores.account_id) as account_id,
        coalesce(expected_scores.as_of_date, health_scores.as_of_date) as as_of_date,
        coalesce(expected_scores.objective_id, health_scores.objective_id) as objective_id
    from expected_scores
    full join health_scores
        on
            expected_scores.account_id = health_scores.account_id
            and expected_scores.as_of_date = health_scores.as_of_date
            and expected_scores.objective_id = health_scores.objective_id
    where
        expected_scores.account_id is null
        or health_scores.account_id is null

)

select * from final
