with

points as (

    select * from {{ ref('int_scoring_warnings__points') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

limits as (

    select * from {{ ref('int_scoring_warnings__limits') }}

),

eligible_accounts as (

    select health_scores.account_id
    from health_scores
    inner join limits
        on
            limits.subject_kind = 'score'
            and health_scores.objective_id = limits.objective_id
    where
        health_scores.as_of_date = {{ as_of_date() }}
        and health_scores.is_eligible

),

{# The current point is no part of what it is compared with. #}
histories as (

    select
        account_id,
        subject_kind,
        subject_id,
        percentile_cont(0.5) within group (order by level_score) as usual_level,
        count(*) as date_count
    from points
    where as_of_date < {{ as_of_date() }}
    group by account_id, subject_kind, subject_id

),

final as (

    select
        points.account_id,
        points.as_of_date,
        points.subject_kind,
        points.subject_id,
        points.level_score as current_level,
        histories.usual_level,
        points.level_score - histories.usual_level as change_points,
        cast(histories.date_count as integer) as date_count,
        points.is_late
    from points
    inner join eligible_accounts on points.account_id = eligible_accounts.account_id
    inner join histories
        on
            points.account_id = histories.account_id
            and points.subject_kind = histories.subject_kind
            and points.subject_id = histories.subject_id
    inner join limits on points.subject_kind = limits.subject_kind
    where
        points.as_of_date = {{ as_of_date() }}
        and histories.date_count >= limits.fewest_dates

)

select * from final
