with

objective_weights as (

    select * from {{ ref('objective_weights') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

final as (

    select
        objective_weights.score_version,
        objective_weights.objective_id,
        objective_weights.dimension_id,
        objective_weights.weight
    from objective_weights
    inner join score_versions
        on objective_weights.score_version = score_versions.score_version
    where
        score_versions.is_published
        and objective_weights.weight > 0

)

select * from final
