with

account_ancestors as (

    select * from {{ ref('bridge_account_ancestors') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

bands as (

    select * from {{ ref('bands') }}

),

{# A score counts for the parent only if it counts for the account itself. #}
child_scores as (

    select
        account_ancestors.ancestor_account_id as parent_account_id,
        account_ancestors.as_of_date,
        health_scores.objective_id,
        account_ancestors.account_id,
        account_ancestors.distance,
        account_spine.mrr,
        account_spine.arr,
        health_scores.ineligible_reason,
        case when health_scores.is_eligible then health_scores.health_score end as health_score,
        health_scores.low_score,
        health_scores.high_score,
        health_scores.band,
        health_scores.score_version
    from account_ancestors
    inner join health_scores
        on
            account_ancestors.account_id = health_scores.account_id
            and account_ancestors.as_of_date = health_scores.as_of_date
    inner join account_spine
        on
            account_ancestors.account_id = account_spine.account_id
            and account_ancestors.as_of_date = account_spine.as_of_date

),

{# Money without a score may be at either end of the scale. #}
final as (

    select
        child_scores.parent_account_id,
        child_scores.as_of_date,
        child_scores.objective_id,
        child_scores.account_id,
        child_scores.distance,
        child_scores.mrr,
        child_scores.arr,
        child_scores.health_score,
        case when child_scores.health_score is not null then child_scores.low_score else 0 end
            as low_score,
        case when child_scores.health_score is not null then child_scores.high_score else 100 end
            as high_score,
        child_scores.health_score is not null as is_scored,
        child_scores.health_score is not null and bands.needs_attention as is_red,
        coalesce(child_scores.ineligible_reason = 'notice', false) as has_notice,
        row_number() over (
            partition by
                child_scores.parent_account_id,
                child_scores.as_of_date,
                child_scores.objective_id
            order by
                round(child_scores.health_score, {{ score_digits() }}) asc nulls last,
                child_scores.mrr desc nulls last,
                child_scores.account_id asc
        ) as worst_rank
    from child_scores
    left join bands
        on
            child_scores.score_version = bands.score_version
            and child_scores.band = bands.band

)

select * from final
