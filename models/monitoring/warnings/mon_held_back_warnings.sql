with

judged as (

    select * from {{ ref('int_scoring_warnings__judged') }}

),

final as (

    select
        account_id,
        as_of_date,
        warning_kind,
        subject_id,
        subject_name,
        change_points,
        evidence
    from judged
    where is_held_back

)

select * from final
