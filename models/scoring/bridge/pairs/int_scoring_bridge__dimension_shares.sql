{{ config(materialized='view') }}

with

dimension_scores as (

    select * from {{ ref('fct_account_dimension_scores') }}

),

objective_weights as (

    select * from {{ ref('int_scoring__objective_weights') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

{# What has no weight in one card may have one in another, so it has a row with nothing. #}
final as (

    select
        dimension_scores.account_id,
        dimension_scores.as_of_date,
        health_scores.objective_id,
        dimension_scores.dimension_id,
        health_scores.score_version,
        health_scores.card_id,
        health_scores.gain,
        case
            when dimension_scores.applicable_weight > 0
                then
                    coalesce(objective_weights.weight, 0)
                    / nullif(health_scores.applicable_weight, 0)
            else 0
        end as objective_share
    from dimension_scores
    inner join health_scores
        on
            dimension_scores.account_id = health_scores.account_id
            and dimension_scores.as_of_date = health_scores.as_of_date
    left join objective_weights
        on
            health_scores.card_id = objective_weights.card_id
            and health_scores.objective_id = objective_weights.objective_id
            and dimension_scores.dimension_id = objective_weights.dimension_id

)

select * from final
