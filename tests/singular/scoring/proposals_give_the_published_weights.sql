{# Whoever looks at the proposals of the functions can work out the published weight. #}
select
    'seeds/governance/weight_proposals.csv' as file_name,
    score_version,
    objective_id,
    dimension_id,
    published_weight,
    agreed_weight
from {{ ref('rpt_weight_proposals') }}
where abs(published_weight - agreed_weight) > 1e-9
