{# The score lies between its bounds, and none of the three is missing where another is there. #}
select
    account_id,
    as_of_date,
    objective_id,
    low_score,
    health_score,
    high_score
from {{ ref('fct_account_health_scores') }}
where
    health_score is not null
    and (
        low_score is null
        or high_score is null
        or low_score > health_score + 1e-9
        or health_score > high_score + 1e-9
    )
