-- Whoever is as far down as the walk goes may have more above him than was walked.
select
    account_id,
    as_of_date,
    ancestor_account_id
from {{ ref('bridge_account_ancestors') }}
where distance >= {{ setting('hierarchy_level_limit') }}
