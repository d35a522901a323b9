with

peer_baselines as (

    select * from {{ ref('peer_baselines') }}

),

score_versions as (

    select * from {{ ref('score_versions') }}

),

counted as (

    select
        peer_baselines.metric_id,
        peer_baselines.peer_level,
        peer_baselines.peer_group,
        peer_baselines.metric_value,
        peer_baselines.n_equal,
        sum(peer_baselines.n_equal) over (
            partition by
                peer_baselines.metric_id, peer_baselines.peer_level, peer_baselines.peer_group
            order by peer_baselines.metric_value
            rows between unbounded preceding and current row
        ) as count_up_to,
        sum(peer_baselines.n_equal) over (
            partition by
                peer_baselines.metric_id, peer_baselines.peer_level, peer_baselines.peer_group
        ) as count_all
    from peer_baselines
    inner join score_versions
        on peer_baselines.baseline_version = score_versions.baseline_version
    where score_versions.is_published

),

final as (

    select
        metric_id,
        peer_level,
        peer_group,
        metric_value,
        n_equal,
        count_up_to - n_equal as count_before,
        count_up_to,
        count_all
    from counted

)

select * from final
