with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

export_settings as (

    select * from {{ ref('export_settings') }}
    where is_published

),

{# Caps and overrides are judgements of ours and stay inside: what a customer sees is what the
   metrics say, between the ends of the scale. #}
final as (

    select
        health_scores.account_id,
        health_scores.as_of_date,
        health_scores.objective_id,
        health_scores.gain,
        health_scores.model_score,
        health_scores.model_score + health_scores.clamp_points as customer_score,
        export_settings.smallest_reason_points
    from health_scores
    inner join export_settings
        on health_scores.objective_id = export_settings.customer_objective_id
    where
        health_scores.is_current
        and health_scores.is_eligible
        and health_scores.health_score is not null

)

select * from final
