with

peer_steps as (

    select * from {{ ref('int_metrics__peer_steps') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

baseline_histogram as (

    select * from {{ ref('int_metrics__baseline_histogram') }}

),

stepped_baseline as (

    select
        baseline_histogram.metric_id,
        baseline_histogram.peer_level,
        baseline_histogram.peer_group,
        {{ value_step('baseline_histogram.metric_value', 'catalogue.peer_precision') }}
            as value_step,
        sum(baseline_histogram.n_equal) as n_equal
    from baseline_histogram
    inner join catalogue on baseline_histogram.metric_id = catalogue.metric_id
    where catalogue.peer_scheme is not null
    group by
        baseline_histogram.metric_id,
        baseline_histogram.peer_level,
        baseline_histogram.peer_group,
        {{ value_step('baseline_histogram.metric_value', 'catalogue.peer_precision') }}

),

peer_groups as (

    select distinct
        metric_id,
        peer_level,
        peer_group
    from stepped_baseline

),

counted_points as (

    select
        peer_groups.metric_id,
        peer_groups.peer_level,
        peer_groups.peer_group,
        peer_steps.value_step,
        coalesce(stepped_baseline.n_equal, 0) as n_equal,
        sum(stepped_baseline.n_equal) over (
            partition by peer_groups.metric_id, peer_groups.peer_level, peer_groups.peer_group
            order by peer_steps.value_step
            rows between unbounded preceding and current row
        ) as count_up_to,
        sum(stepped_baseline.n_equal) over (
            partition by peer_groups.metric_id, peer_groups.peer_level, peer_groups.peer_group
        ) as group_size
    from peer_groups
    inner join peer_steps on peer_groups.metric_id = peer_steps.metric_id
    left join stepped_baseline
        on
            peer_groups.metric_id = stepped_baseline.metric_id
            and peer_groups.peer_level = stepped_baseline.peer_level
            and peer_groups.peer_group = stepped_baseline.peer_group
            and peer_steps.value_step = stepped_baseline.value_step

),

final as (

    select
        metric_id,
        peer_level,
        peer_group,
        value_step,
        group_size,
        {{ mid_rank_share('coalesce(count_up_to, 0)', 'n_equal', 'group_size') }} as share_below
    from counted_points

)

select * from final
