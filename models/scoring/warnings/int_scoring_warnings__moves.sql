with

points as (

    select * from {{ ref('int_scoring_warnings__points') }}

),

usual_levels as (

    select * from {{ ref('int_scoring_warnings__usual_levels') }}

),

fleet_shifts as (

    select * from {{ ref('rpt_fleet_shifts') }}
    where is_shift

),

limits as (

    select * from {{ ref('int_scoring_warnings__limits') }}

),

{# Few accounts move far, so only their histories are read once more for the spread. #}
far_moves as (

    select
        usual_levels.account_id,
        usual_levels.as_of_date,
        usual_levels.subject_kind,
        usual_levels.subject_id,
        usual_levels.current_level,
        usual_levels.usual_level,
        usual_levels.change_points,
        usual_levels.date_count,
        usual_levels.is_late,
        coalesce(fleet_shifts.median_change_points, 0) as fleet_points,
        limits.smallest_points,
        limits.smallest_scale,
        limits.z_limit
    from usual_levels
    inner join limits on usual_levels.subject_kind = limits.subject_kind
    left join fleet_shifts
        on
            usual_levels.subject_kind = fleet_shifts.subject_kind
            and usual_levels.subject_id = fleet_shifts.subject_id
    where abs(usual_levels.change_points) >= limits.smallest_points

),

spreads as (

    select
        far_moves.account_id,
        far_moves.subject_kind,
        far_moves.subject_id,
        percentile_cont(0.5) within group (
            order by abs(points.level_score - far_moves.usual_level)
        ) as median_deviation,
        avg(abs(points.level_score - far_moves.usual_level)) as mean_deviation
    from far_moves
    inner join points
        on
            far_moves.account_id = points.account_id
            and far_moves.subject_kind = points.subject_kind
            and far_moves.subject_id = points.subject_id
            and far_moves.as_of_date > points.as_of_date
    group by far_moves.account_id, far_moves.subject_kind, far_moves.subject_id

),

scaled_moves as (

    select
        far_moves.*,
        far_moves.change_points - far_moves.fleet_points as own_points,
        greatest(
            {{ robust_scale('spreads.median_deviation', 'null', 'spreads.mean_deviation') }},
            far_moves.smallest_scale
        ) as usual_scale
    from far_moves
    inner join spreads
        on
            far_moves.account_id = spreads.account_id
            and far_moves.subject_kind = spreads.subject_kind
            and far_moves.subject_id = spreads.subject_id

),

final as (

    select
        account_id,
        as_of_date,
        subject_kind,
        subject_id,
        current_level,
        usual_level,
        change_points,
        fleet_points,
        change_points / nullif(usual_scale, 0) as robust_z,
        usual_scale,
        smallest_points,
        z_limit,
        date_count,
        is_late,
        {{ is_sudden('own_points', 'change_points') }} as is_own
    from scaled_moves
    where {{ is_sudden('change_points', 'change_points') }}

)

select * from final
