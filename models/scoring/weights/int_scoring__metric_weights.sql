with

metric_weights as (

    select * from {{ ref('metric_weights') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

metric_priors as (

    select * from {{ ref('metric_priors') }}

),

final as (

    select
        metric_weights.score_version,
        metric_weights.dimension_id,
        metric_weights.metric_id,
        metric_weights.weight,
        metric_priors.score_sd,
        metric_weights.valid_from,
        metric_weights.valid_to
    from metric_weights
    inner join score_versions
        on metric_weights.score_version = score_versions.score_version
    inner join metric_priors
        on
            metric_weights.metric_id = metric_priors.metric_id
            and score_versions.baseline_version = metric_priors.baseline_version
    where score_versions.is_published

)

select * from final
