with

model_versions as (

    select * from {{ ref('model_versions') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

approval_functions as (

    select * from {{ ref('approval_functions') }}

),

version_approvals as (

    select * from {{ ref('version_approvals') }}

),

version_seals as (

    select * from {{ ref('version_seals') }}

),

wanted_approvals as (

    select
        model_versions.score_version,
        approval_functions.function_id,
        approval_functions.is_required,
        version_approvals.approved_on
    from model_versions
    cross join approval_functions
    left join version_approvals
        on
            model_versions.score_version = version_approvals.score_version
            and approval_functions.function_id = version_approvals.function_id

),

approval_counts as (

    select
        score_version,
        count(approved_on) as approval_count,
        count(*) filter (where is_required and approved_on is null) as missing_approval_count,
        max(approved_on) as last_approved_on
    from wanted_approvals
    group by score_version

),

seal_counts as (

    select
        score_version,
        count(*) as sealed_part_count
    from version_seals
    group by score_version

),

final as (

    select
        model_versions.score_version,
        coalesce(score_versions.is_published, false) as is_published,
        model_versions.owner_role,
        model_versions.rationale,
        model_versions.evidence,
        model_versions.valid_from,
        model_versions.review_by,
        approval_counts.approval_count,
        approval_counts.missing_approval_count,
        approval_counts.last_approved_on,
        coalesce(approval_counts.last_approved_on > model_versions.valid_from, false)
            as is_back_dated,
        coalesce(seal_counts.sealed_part_count, 0) as sealed_part_count,
        {{ as_of_date() }} >= model_versions.review_by as is_review_overdue
    from model_versions
    inner join approval_counts
        on model_versions.score_version = approval_counts.score_version
    left join seal_counts on model_versions.score_version = seal_counts.score_version
    left join score_versions on model_versions.score_version = score_versions.score_version

)

select * from final
