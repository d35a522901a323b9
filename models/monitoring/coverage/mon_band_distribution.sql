with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

spine as (

    select * from {{ ref('fct_account_spine') }}

),

eligible_scores as (

    select
        health_scores.as_of_date,
        health_scores.objective_id,
        health_scores.band,
        health_scores.coverage,
        health_scores.health_score,
        spine.arr
    from health_scores
    inner join spine
        on
            health_scores.account_id = spine.account_id
            and health_scores.as_of_date = spine.as_of_date
    where health_scores.is_eligible

),

final as (

    select
        as_of_date,
        objective_id,
        band,
        count(*) as account_count,
        sum(arr) as arr,
        avg(coverage) as mean_coverage,
        avg(health_score) as mean_health_score
    from eligible_scores
    group by as_of_date, objective_id, band

)

select * from final
