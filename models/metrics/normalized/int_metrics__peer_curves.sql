with

peer_values as (

    select * from {{ ref('int_metrics__peer_values') }}

),

peer_points as (

    select * from {{ ref('int_metrics__peer_points') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

value_steps as (

    select distinct
        metric_id,
        peer_group_1,
        peer_group_2,
        value_step
    from peer_values

),

wider_shares as (

    select
        value_steps.metric_id,
        value_steps.peer_group_1,
        value_steps.peer_group_2,
        value_steps.value_step,
        catalogue.peer_level_1,
        catalogue.peer_kappa,
        {{ shrunk(
            'level_2_points.share_below',
            'level_2_points.group_size',
            'all_points.share_below',
            'catalogue.peer_kappa'
        ) }} as wider_share
    from value_steps
    inner join catalogue on value_steps.metric_id = catalogue.metric_id
    left join peer_points as all_points
        on
            value_steps.metric_id = all_points.metric_id
            and value_steps.value_step = all_points.value_step
            and all_points.peer_level = 'all'
    left join peer_points as level_2_points
        on
            value_steps.metric_id = level_2_points.metric_id
            and value_steps.value_step = level_2_points.value_step
            and value_steps.peer_group_2 = level_2_points.peer_group
            and catalogue.peer_level_2 = level_2_points.peer_level

),

final as (

    select
        wider_shares.metric_id,
        wider_shares.peer_group_1,
        wider_shares.peer_group_2,
        wider_shares.value_step,
        {{ shrunk(
            'level_1_points.share_below',
            'level_1_points.group_size',
            'wider_shares.wider_share',
            'wider_shares.peer_kappa'
        ) }} as share_below
    from wider_shares
    left join peer_points as level_1_points
        on
            wider_shares.metric_id = level_1_points.metric_id
            and wider_shares.value_step = level_1_points.value_step
            and wider_shares.peer_group_1 = level_1_points.peer_group
            and wider_shares.peer_level_1 = level_1_points.peer_level

)

select * from final
