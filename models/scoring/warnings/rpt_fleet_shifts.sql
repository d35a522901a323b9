with

usual_levels as (

    select * from {{ ref('int_scoring_warnings__usual_levels') }}

),

limits as (

    select * from {{ ref('int_scoring_warnings__limits') }}

),

{# A late source moves nobody, so who waits for it does not say where the others went. #}
median_changes as (

    select
        as_of_date,
        subject_kind,
        subject_id,
        percentile_cont(0.5) within group (order by change_points) as median_change_points,
        count(*) as account_count
    from usual_levels
    where not is_late
    group by as_of_date, subject_kind, subject_id

),

final as (

    select
        median_changes.as_of_date,
        median_changes.subject_kind,
        median_changes.subject_id,
        median_changes.median_change_points,
        cast(median_changes.account_count as integer) as account_count,
        median_changes.account_count >= limits.fleet_accounts
        and abs(median_changes.median_change_points) >= limits.fleet_points as is_shift
    from median_changes
    inner join limits on median_changes.subject_kind = limits.subject_kind

)

select * from final
