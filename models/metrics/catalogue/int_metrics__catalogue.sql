with

metrics as (

    select * from {{ ref('metrics') }}

),

metric_priors as (

    select * from {{ ref('metric_priors') }}

),

peer_schemes as (

    select * from {{ ref('peer_schemes') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

normalisation_settings as (

    select * from {{ ref('normalisation_settings') }}

),

baseline_statistics as (

    select * from {{ ref('int_metrics__baseline_statistics') }}

),

{# A step beyond either end of the baseline: past it, the share of peers is 0 or 1. #}
final as (

    select
        metrics.metric_id,
        metrics.metric_name,
        metrics.dimension_id,
        metrics.value_id,
        metrics.unit,
        metrics.direction,
        metrics.normaliser,
        metrics.peer_scheme,
        peer_schemes.peer_level_1,
        peer_schemes.peer_level_2,
        score_versions.baseline_version,
        metrics.valid_min,
        metrics.valid_max,
        metrics.kappa,
        metrics.freshness_grace_days,
        metrics.freshness_half_life_days,
        normalisation_settings.freshness_floor,
        metrics.peer_precision,
        {{ value_step('baseline_statistics.lowest_value', 'metrics.peer_precision') }} - 1
            as lowest_step,
        {{ value_step('baseline_statistics.highest_value', 'metrics.peer_precision') }} + 1
            as highest_step,
        normalisation_settings.peer_kappa,
        normalisation_settings.z_limit,
        normalisation_settings.logistic_steepness,
        baseline_statistics.winsor_low,
        baseline_statistics.winsor_high
    from metrics
    inner join metric_priors on metrics.metric_id = metric_priors.metric_id
    inner join score_versions
        on
            metric_priors.baseline_version = score_versions.baseline_version
            and score_versions.is_published
    inner join normalisation_settings
        on metric_priors.baseline_version = normalisation_settings.baseline_version
    left join peer_schemes on metrics.peer_scheme = peer_schemes.peer_scheme
    left join baseline_statistics
        on
            metrics.metric_id = baseline_statistics.metric_id
            and baseline_statistics.peer_level = 'all'

)

select * from final
