with

peer_groups as (

    select * from {{ ref('int_metrics__peer_groups') }}

),

peer_points as (

    select * from {{ ref('int_metrics__peer_points') }}

),

all_points as (

    select
        metric_id,
        value_step,
        share_below
    from peer_points
    where peer_level = 'all'

),

wider_shares as (

    select
        peer_groups.metric_id,
        peer_groups.baseline_version,
        peer_groups.peer_level_1,
        peer_groups.peer_group_1,
        peer_groups.peer_group_2,
        peer_groups.peer_kappa,
        all_points.value_step,
        {{ shrunk(
            'peer_points.share_below',
            'peer_points.group_size',
            'all_points.share_below',
            'peer_groups.peer_kappa'
        ) }} as wider_share
    from peer_groups
    inner join all_points on peer_groups.metric_id = all_points.metric_id
    left join peer_points
        on
            peer_groups.metric_id = peer_points.metric_id
            and peer_groups.peer_level_2 = peer_points.peer_level
            and peer_groups.peer_group_2 = peer_points.peer_group
            and all_points.value_step = peer_points.value_step

),

final as (

    select
        wider_shares.metric_id,
        wider_shares.baseline_version,
        wider_shares.peer_group_1,
        wider_shares.peer_group_2,
        wider_shares.value_step,
        {{ shrunk(
            'peer_points.share_below',
            'peer_points.group_size',
            'wider_shares.wider_share',
            'wider_shares.peer_kappa'
        ) }} as share_below
    from wider_shares
    left join peer_points
        on
            wider_shares.metric_id = peer_points.metric_id
            and wider_shares.peer_level_1 = peer_points.peer_level
            and wider_shares.peer_group_1 = peer_points.peer_group
            and wider_shares.value_step = peer_points.value_step

)

select * from final
