with

peer_groups as (

    select * from {{ ref('int_metrics__peer_groups') }}

),

baseline_statistics as (

    select * from {{ ref('int_metrics__baseline_statistics') }}

),

final as (

    select
        peer_groups.metric_id,
        peer_groups.baseline_version,
        peer_groups.peer_group_1,
        peer_groups.peer_group_2,
        {{ shrunk(
            'group_statistics.centre',
            'group_statistics.group_size',
            'all_statistics.centre',
            'peer_groups.peer_kappa'
        ) }} as centre,
        sqrt({{ shrunk(
            'power(group_statistics.scale, 2)',
            'group_statistics.group_size',
            'power(all_statistics.scale, 2)',
            'peer_groups.peer_kappa'
        ) }}) as scale
    from peer_groups
    inner join baseline_statistics as all_statistics
        on
            peer_groups.metric_id = all_statistics.metric_id
            and all_statistics.peer_level = 'all'
    left join baseline_statistics as group_statistics
        on
            peer_groups.metric_id = group_statistics.metric_id
            and peer_groups.peer_level_1 = group_statistics.peer_level
            and peer_groups.peer_group_1 = group_statistics.peer_group

)

select * from final
