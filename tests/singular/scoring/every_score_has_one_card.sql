{# Every account has one card at every date, and all its objectives are scored by it. #}
with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

scorecards as (

    select * from {{ ref('fct_account_scorecards') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

card_counts as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        count(scorecards.card_id) as card_count,
        max(scorecards.card_id) as card_id
    from account_spine
    left join scorecards
        on
            account_spine.account_id = scorecards.account_id
            and account_spine.as_of_date = scorecards.as_of_date
    group by account_spine.account_id, account_spine.as_of_date

),

final as (

    select
        card_counts.account_id,
        card_counts.as_of_date,
        health_scores.objective_id,
        card_counts.card_count,
        card_counts.card_id,
        health_scores.card_id as scored_card_id
    from card_counts
    left join health_scores
        on
            card_counts.account_id = health_scores.account_id
            and card_counts.as_of_date = health_scores.as_of_date
    where
        card_counts.card_count != 1
        or health_scores.card_id is null
        or health_scores.card_id != card_counts.card_id

)

select * from final
