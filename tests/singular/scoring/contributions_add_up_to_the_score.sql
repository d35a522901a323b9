{# Base score + contributions = model score, and with clamp, gate and override = published score.
   What metrics, gate and override lose is what the published score lacks to 100. #}
with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

contributions as (

    select * from {{ ref('fct_account_health_contributions') }}

),

contribution_sums as (

    select
        account_id,
        as_of_date,
        objective_id,
        sum(contribution_points) as contribution_points,
        sum(lost_points) as lost_points
    from contributions
    group by account_id, as_of_date, objective_id

),

final as (

    select
        health_scores.account_id,
        health_scores.as_of_date,
        health_scores.objective_id,
        health_scores.model_score,
        health_scores.gated_score,
        health_scores.health_score,
        contribution_sums.contribution_points
    from health_scores
    left join contribution_sums
        on
            health_scores.account_id = contribution_sums.account_id
            and health_scores.as_of_date = contribution_sums.as_of_date
            and health_scores.objective_id = contribution_sums.objective_id
    where
        health_scores.model_score is not null
        and (
            contribution_sums.contribution_points is null
            or abs(
                health_scores.base_score
                + contribution_sums.contribution_points
                - health_scores.model_score
            ) > 1e-6
            or abs(
                health_scores.model_score
                + health_scores.clamp_points
                + health_scores.gate_points
                - health_scores.gated_score
            ) > 1e-6
            or abs(
                health_scores.model_score
                + health_scores.clamp_points
                + health_scores.gate_points
                + health_scores.override_points
                - health_scores.health_score
            ) > 1e-6
            or abs(
                contribution_sums.lost_points
                - health_scores.gate_points
                - health_scores.override_points
                - (100 - health_scores.health_score)
            ) > 1e-6
        )

)

select * from final
