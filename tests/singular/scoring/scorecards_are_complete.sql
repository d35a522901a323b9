{# One base card, all others above it within the levels that are walked, and no idle statement. #}
with

cards as (

    select * from {{ ref('cards') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}
    where is_published

),

published_cards as (

    select cards.*
    from cards
    inner join score_versions on cards.score_version = score_versions.score_version

),

lineages as (

    select * from {{ ref('int_metrics_cards__lineages') }}

),

card_criteria as (

    select * from {{ ref('card_criteria') }}

),

published_criteria as (

    select card_criteria.*
    from card_criteria
    inner join score_versions on card_criteria.score_version = score_versions.score_version

),

based_cards as (

    select distinct lineages.card_id
    from lineages
    inner join published_cards on lineages.ancestor_card_id = published_cards.card_id
    where published_cards.base_card_id is null

),

card_weights as (

    select * from {{ ref('card_weights') }}

),

card_knots as (

    select * from {{ ref('card_knots') }}

),

card_priors as (

    select * from {{ ref('card_priors') }}

),

base_weights as (

    select * from {{ ref('int_scoring__base_weights') }}

),

faults as (

    select 'cards.csv: not one base card' as fault
    from published_cards
    having count(*) filter (where base_card_id is null) != 1
    union all
    select 'cards.csv: above no base card: ' || published_cards.card_id as fault
    from published_cards
    left join based_cards on published_cards.card_id = based_cards.card_id
    where based_cards.card_id is null
    union all
    select 'card_criteria.csv: not one specificity for each criterion' as fault
    from published_criteria
    having
        count(*) != {{ card_criteria() | length }}
        or min(specificity) <= 0
    union all
    select
        'card_weights.csv: unknown card or node: ' || card_weights.card_id || ', '
        || card_weights.node_id as fault
    from card_weights
    inner join score_versions on card_weights.score_version = score_versions.score_version
    left join published_cards on card_weights.card_id = published_cards.card_id
    left join base_weights
        on
            card_weights.node_type = base_weights.node_type
            and card_weights.node_id = base_weights.node_id
    where
        published_cards.card_id is null
        or base_weights.node_id is null
    union all
    select 'card_weights.csv: an estimate without outcomes: ' || card_id as fault
    from card_weights
    where
        weight_kind = 'estimate'
        and coalesce(outcomes, 0) <= 0
    union all
    select
        'card_knots.csv: no typical account in card_priors.csv: ' || card_knots.card_id || ', '
        || card_knots.metric_id as fault
    from card_knots
    inner join score_versions on card_knots.score_version = score_versions.score_version
    left join card_priors
        on
            score_versions.baseline_version = card_priors.baseline_version
            and card_knots.card_id = card_priors.card_id
            and card_knots.metric_id = card_priors.metric_id
    where card_priors.card_id is null

),

final as (

    select fault from faults

)

select * from final
