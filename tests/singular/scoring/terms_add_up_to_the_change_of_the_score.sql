{# Of every account and pair of consecutive dates: the terms are the change of the score, no account
   is left out, and a published score is the one that changed. #}
with

score_changes as (

    select * from {{ ref('fct_account_score_changes') }}
    where {{ checked_pairs(60000) }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

),

date_pairs as (

    select * from {{ ref('int_scoring_bridge__date_pairs') }}
    where {{ checked_pairs(60000) }}

),

{# What the published scores of both dates say, read without the bridge. #}
expected_changes as (

    select
        date_pairs.account_id,
        date_pairs.as_of_date,
        later_scores.objective_id,
        later_scores.health_score - since_scores.health_score as published_change
    from date_pairs
    inner join health_scores as since_scores
        on
            date_pairs.account_id = since_scores.account_id
            and date_pairs.since_date = since_scores.as_of_date
    inner join health_scores as later_scores
        on
            date_pairs.account_id = later_scores.account_id
            and date_pairs.as_of_date = later_scores.as_of_date
            and since_scores.objective_id = later_scores.objective_id
    where
        since_scores.model_score is not null
        and later_scores.model_score is not null

),

final as (

    select
        expected_changes.account_id,
        expected_changes.as_of_date,
        expected_changes.objective_id,
        expected_changes.published_change,
        score_changes.change_points
    from expected_changes
    left join score_changes
        on
            expected_changes.account_id = score_changes.account_id
            and expected_changes.as_of_date = score_changes.as_of_date
            and expected_changes.objective_id = score_changes.objective_id
    where
        score_changes.change_points is null
        or abs(
            {%- for term in change_reasons() %}
            score_changes.{{ term }}_points {{ '+' if not loop.last }}
            {%- endfor %}
            - score_changes.change_points
        ) > 1e-6
        or abs(
            coalesce(expected_changes.published_change, score_changes.change_points)
            - score_changes.change_points
        ) > 1e-6

)

select * from final
