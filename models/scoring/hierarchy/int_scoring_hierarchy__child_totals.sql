with

child_scores as (

    select * from {{ ref('int_scoring_hierarchy__child_scores') }}

),

final as (

    select
        parent_account_id,
        as_of_date,
        objective_id,
        cast(count(*) as integer) as descendant_count,
        cast(count(*) filter (where distance = 1) as integer) as child_count,
        cast(count(*) filter (where is_scored) as integer) as scored_count,
        {{ settled('sum(mrr)') }} as below_mrr,
        {{ settled('sum(mrr) filter (where is_scored)') }} as scored_mrr,
        {{ settled('sum(mrr * health_score) filter (where is_scored)') }} as scored_points,
        {{ settled('sum(mrr * low_score)') }} as low_points,
        {{ settled('sum(mrr * high_score)') }} as high_points,
        {{ settled('sum(arr) filter (where is_scored)') }} as scored_arr,
        {{ settled('sum(arr) filter (where is_red)') }} as red_arr,
        {{ settled('sum(arr) filter (where has_notice)') }} as notice_arr,
        max(case when worst_rank = 1 then health_score end) as worst_score,
        max(case when worst_rank = 1 and is_scored then account_id end) as worst_account_id
    from child_scores
    group by parent_account_id, as_of_date, objective_id

)

select * from final
