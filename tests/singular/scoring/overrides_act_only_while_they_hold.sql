{# No row is moved by hand without a valid override that was known by then and has not ended, and
   the published score of a row without one is what the model says. #}
with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

override_verdicts as (

    select * from {{ ref('fct_override_verdicts') }}

),

final as (

    select
        health_scores.account_id,
        health_scores.as_of_date,
        health_scores.objective_id,
        health_scores.override_id,
        health_scores.override_points
    from health_scores
    left join override_verdicts
        on
            health_scores.override_id = override_verdicts.override_id
            and override_verdicts.is_valid
    where
        (
            health_scores.override_id is null
            and (
                health_scores.override_points != 0
                or health_scores.health_score != health_scores.gated_score
            )
        )
        or (
            health_scores.override_id is not null
            and (
                override_verdicts.override_id is null
                or health_scores.as_of_date < override_verdicts.known_on
                or health_scores.as_of_date >= override_verdicts.expires_on
            )
        )

)

select * from final
