with

activation_curve as (

    select * from {{ ref('activation_curve') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

{# Each step of the frozen curve holds until the next one. #}
final as (

    select
        activation_curve.tenure_days as from_tenure_days,
        lead(activation_curve.tenure_days) over (
            order by activation_curve.tenure_days asc
        ) as to_tenure_days,
        activation_curve.milestones as expected_milestones
    from activation_curve
    inner join score_versions
        on activation_curve.baseline_version = score_versions.baseline_version
    where score_versions.is_published

)

select * from final
