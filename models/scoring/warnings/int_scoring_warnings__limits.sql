with

warning_settings as (

    select * from {{ ref('warning_settings') }}

),

warning_limits as (

    select * from {{ ref('warning_limits') }}

),

final as (

    select
        warning_limits.subject_kind,
        warning_settings.objective_id,
        warning_limits.smallest_points,
        warning_limits.smallest_scale,
        warning_limits.z_limit,
        warning_limits.fewest_dates,
        warning_limits.least_quality,
        warning_limits.fleet_points,
        warning_limits.fleet_accounts
    from warning_settings
    inner join warning_limits
        on warning_settings.warning_version = warning_limits.warning_version
    where warning_settings.is_published

)

select * from final
