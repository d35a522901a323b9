with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

{# The grid need not have a date exactly that many days back, so the last one before it is taken. #}
earlier_scores as (

    select
        health_scores.account_id,
        health_scores.as_of_date,
        health_scores.health_score,
        health_scores.band,
        row_number() over (
            partition by health_scores.account_id order by health_scores.as_of_date desc
        ) as number_from_last
    from health_scores
    inner join score_versions on health_scores.score_version = score_versions.score_version
    where
        health_scores.objective_id = 'overall'
        and {{ days_between('health_scores.as_of_date', as_of_date()) }}
        >= score_versions.comparison_days

),

final as (

    select
        account_id,
        as_of_date,
        health_score,
        band
    from earlier_scores
    where number_from_last = 1

)

select * from final
