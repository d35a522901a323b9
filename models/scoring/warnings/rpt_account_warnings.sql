with

judged as (

    select * from {{ ref('int_scoring_warnings__judged') }}

),

warning_kinds as (

    select * from {{ ref('warning_kinds') }}

),

final as (

    select
        judged.account_id,
        judged.as_of_date,
        judged.warning_kind,
        judged.subject_id,
        judged.subject_name,
        warning_kinds.is_trouble,
        judged.current_level,
        judged.usual_level,
        judged.change_points,
        judged.fleet_points,
        judged.robust_z,
        judged.date_count,
        judged.evidence
    from judged
    inner join warning_kinds on judged.warning_kind = warning_kinds.warning_kind
    where not judged.is_held_back

)

select * from final
