with

objectives as (

    select * from {{ ref('objectives') }}

),

score_scaling as (

    select * from {{ ref('score_scaling') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

final as (

    select
        score_versions.score_version,
        objectives.objective_id,
        score_scaling.typical_score as base_score,
        score_scaling.gain
    from objectives
    inner join score_scaling on objectives.objective_id = score_scaling.objective_id
    inner join score_versions on score_scaling.score_version = score_versions.score_version
    where score_versions.is_published

)

select * from final
