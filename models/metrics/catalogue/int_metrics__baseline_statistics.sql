{% set histogram = [
    'baseline_histogram.metric_value',
    'baseline_histogram.count_before',
    'baseline_histogram.count_up_to',
    'baseline_histogram.count_all',
] %}

with

baseline_histogram as (

    select * from {{ ref('int_metrics__baseline_histogram') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

normalisation_settings as (

    select * from {{ ref('normalisation_settings') }}

),

settings as (

    select
        normalisation_settings.winsor_share,
        normalisation_settings.winsor_minimum_count
    from normalisation_settings
    inner join score_versions
        on normalisation_settings.baseline_version = score_versions.baseline_version
    where score_versions.is_published

),

quantiles as (

    select
        baseline_histogram.metric_id,
        baseline_histogram.peer_level,
        baseline_histogram.peer_group,
        max(baseline_histogram.count_all) as group_size,
        min(baseline_histogram.metric_value) as lowest_value,
        max(baseline_histogram.metric_value) as highest_value,
        {{ histogram_quantile('0.5', *histogram) }} as centre,
        {{ histogram_quantile('0.75', *histogram) }}
        - {{ histogram_quantile('0.25', *histogram) }} as quartile_range,
        {{ histogram_quantile('settings.winsor_share', *histogram) }} as winsor_low,
        {{ histogram_quantile('(1 - settings.winsor_share)', *histogram) }} as winsor_high,
        max(settings.winsor_minimum_count) as winsor_minimum_count
    from baseline_histogram
    cross join settings
    group by
        baseline_histogram.metric_id,
        baseline_histogram.peer_level,
        baseline_histogram.peer_group

),

deviations as (

    select
        baseline_histogram.metric_id,
        baseline_histogram.peer_level,
        baseline_histogram.peer_group,
        abs(baseline_histogram.metric_value - quantiles.centre) as deviation,
        sum(baseline_histogram.n_equal) as n_equal
    from baseline_histogram
    inner join quantiles
        on
            baseline_histogram.metric_id = quantiles.metric_id
            and baseline_histogram.peer_level = quantiles.peer_level
            and baseline_histogram.peer_group = quantiles.peer_group
    group by
        baseline_histogram.metric_id,
        baseline_histogram.peer_level,
        baseline_histogram.peer_group,
        abs(baseline_histogram.metric_value - quantiles.centre)

),

counted_deviations as (

    select
        *,
        sum(n_equal) over (
            partition by metric_id, peer_level, peer_group
            order by deviation
            rows between unbounded preceding and current row
        ) as count_up_to,
        sum(n_equal) over (partition by metric_id, peer_level, peer_group) as count_all
    from deviations

),

spreads as (

    select
        metric_id,
        peer_level,
        peer_group,
        {{ histogram_quantile(
            '0.5', 'deviation', '(count_up_to - n_equal)', 'count_up_to', 'count_all'
        ) }} as median_deviation,
        sum(n_equal * deviation) / nullif(sum(n_equal), 0) as mean_deviation
    from counted_deviations
    group by metric_id, peer_level, peer_group

),

final as (

    select
        quantiles.metric_id,
        quantiles.peer_level,
        quantiles.peer_group,
        quantiles.group_size,
        quantiles.lowest_value,
        quantiles.highest_value,
        quantiles.centre,
        {{ robust_scale(
            'spreads.median_deviation', 'quantiles.quartile_range', 'spreads.mean_deviation'
        ) }} as scale,
        case
            when quantiles.group_size >= quantiles.winsor_minimum_count then quantiles.winsor_low
        end as winsor_low,
        case
            when quantiles.group_size >= quantiles.winsor_minimum_count then quantiles.winsor_high
        end as winsor_high
    from quantiles
    inner join spreads
        on
            quantiles.metric_id = spreads.metric_id
            and quantiles.peer_level = spreads.peer_level
            and quantiles.peer_group = spreads.peer_group

)

select * from final
