with

lineages as (

    select * from {{ ref('int_metrics_cards__lineages') }}

),

card_priors as (

    select * from {{ ref('card_priors') }}

),

metric_priors as (

    select * from {{ ref('metric_priors') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}
    where is_published

),

stated_priors as (

    select
        card_priors.baseline_version,
        card_priors.card_id,
        card_priors.metric_id,
        card_priors.typical_score,
        card_priors.score_sd
    from card_priors
    inner join score_versions on card_priors.baseline_version = score_versions.baseline_version
    union all
    select
        metric_priors.baseline_version,
        lineages.card_id,
        metric_priors.metric_id,
        metric_priors.typical_score,
        metric_priors.score_sd
    from metric_priors
    inner join score_versions on metric_priors.baseline_version = score_versions.baseline_version
    inner join lineages on lineages.card_level = 0

),

ranked_priors as (

    select
        stated_priors.baseline_version,
        lineages.card_id,
        stated_priors.metric_id,
        stated_priors.typical_score,
        stated_priors.score_sd,
        row_number() over (
            partition by lineages.card_id, stated_priors.metric_id
            order by lineages.distance
        ) as nearness
    from lineages
    inner join stated_priors on lineages.ancestor_card_id = stated_priors.card_id

),

final as (

    select
        baseline_version,
        card_id,
        metric_id,
        typical_score,
        score_sd
    from ranked_priors
    where nearness = 1

)

select * from final
