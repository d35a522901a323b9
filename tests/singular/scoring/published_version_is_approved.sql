{# Nobody scores by a version that is not owned, approved before it is in force, and sealed. #}
with

score_versions as (

    select * from {{ ref('score_versions') }}
    where is_published

),

model_versions as (

    select * from {{ ref('rpt_model_versions') }}

),

final as (

    select
        'seeds/governance/model_versions.csv' as file_name,
        score_versions.score_version,
        model_versions.missing_approval_count,
        model_versions.is_back_dated,
        model_versions.sealed_part_count
    from score_versions
    left join model_versions on score_versions.score_version = model_versions.score_version
    where
        model_versions.score_version is null
        or model_versions.missing_approval_count > 0
        or model_versions.is_back_dated
        or model_versions.sealed_part_count = 0

)

select * from final
