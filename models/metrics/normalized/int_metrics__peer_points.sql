with

peer_values as (

    select * from {{ ref('int_metrics__peer_values') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

baseline_histogram as (

    select * from {{ ref('int_metrics__baseline_histogram') }}

),

value_steps as (

    select distinct
        metric_id,
        peer_group_1,
        peer_group_2,
        value_step
    from peer_values

),

{# A step that was observed now need not be one of the baseline, so it enters with a count of 0. #}
asked_points as (

    select
        value_steps.metric_id,
        catalogue.peer_level_1 as peer_level,
        value_steps.peer_group_1 as peer_group,
        value_steps.value_step,
        0 as n_equal
    from value_steps
    inner join catalogue on value_steps.metric_id = catalogue.metric_id
    union all
    select
        value_steps.metric_id,
        catalogue.peer_level_2 as peer_level,
        value_steps.peer_group_2 as peer_group,
        value_steps.value_step,
        0 as n_equal
    from value_steps
    inner join catalogue on value_steps.metric_id = catalogue.metric_id
    where catalogue.peer_level_2 is not null
    union all
    select
        value_steps.metric_id,
        'all' as peer_level,
        'all' as peer_group,
        value_steps.value_step,
        0 as n_equal
    from value_steps
    union all
    select
        baseline_histogram.metric_id,
        baseline_histogram.peer_level,
        baseline_histogram.peer_group,
        cast(
            round(baseline_histogram.metric_value / nullif(catalogue.peer_precision, 0)) as bigint
        ) as value_step,
        baseline_histogram.n_equal
    from baseline_histogram
    inner join catalogue on baseline_histogram.metric_id = catalogue.metric_id
    where catalogue.peer_scheme is not null

),

points as (

    select
        metric_id,
        peer_level,
        peer_group,
        value_step,
        sum(n_equal) as n_equal
    from asked_points
    group by metric_id, peer_level, peer_group, value_step

),

counted_points as (

    select
        *,
        sum(n_equal) over (
            partition by metric_id, peer_level, peer_group
            order by value_step
            rows between unbounded preceding and current row
        ) as count_up_to,
        sum(n_equal) over (partition by metric_id, peer_level, peer_group) as group_size
    from points

),

final as (

    select
        metric_id,
        peer_level,
        peer_group,
        value_step,
        group_size,
        {{ mid_rank_share('count_up_to', 'n_equal', 'group_size') }} as share_below
    from counted_points

)

select * from final
