with

peer_values as (

    select * from {{ ref('int_metrics__peer_values') }}

),

peer_curves as (

    select * from {{ ref('int_metrics__peer_curves') }}

),

baseline_statistics as (

    select * from {{ ref('int_metrics__baseline_statistics') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

{# Location and scale of each group, pulled to those of all accounts. #}
peer_spreads as (

    select
        group_statistics.metric_id,
        group_statistics.peer_level,
        group_statistics.peer_group,
        {{ shrunk(
            'group_statistics.location',
            'group_statistics.group_size',
            'all_statistics.location',
            'catalogue.peer_kappa'
        ) }} as location,
        sqrt({{ shrunk(
            'power(group_statistics.scale, 2)',
            'group_statistics.group_size',
            'power(all_statistics.scale, 2)',
            'catalogue.peer_kappa'
        ) }}) as scale
    from baseline_statistics as group_statistics
    inner join catalogue on group_statistics.metric_id = catalogue.metric_id
    left join baseline_statistics as all_statistics
        on
            group_statistics.metric_id = all_statistics.metric_id
            and all_statistics.peer_level = 'all'

),

final as (

    select
        peer_values.account_id,
        peer_values.as_of_date,
        peer_values.metric_id,
        case catalogue.normaliser
            when 'peer_percentile'
                then {{ peer_percentile('peer_curves.share_below', 'catalogue.direction') }}
            when 'robust_z' then {{ robust_z(
                'peer_values.metric_value',
                'coalesce(group_spreads.location, all_spreads.location)',
                'coalesce(group_spreads.scale, all_spreads.scale)',
                'catalogue.direction',
                'catalogue.z_limit',
                'catalogue.logistic_steepness'
            ) }}
        end as metric_score
    from peer_values
    inner join catalogue on peer_values.metric_id = catalogue.metric_id
    left join peer_curves
        on
            peer_values.metric_id = peer_curves.metric_id
            and peer_values.peer_group_1 = peer_curves.peer_group_1
            and coalesce(peer_values.peer_group_2, '') = coalesce(peer_curves.peer_group_2, '')
            and peer_values.value_step = peer_curves.value_step
    left join peer_spreads as group_spreads
        on
            peer_values.metric_id = group_spreads.metric_id
            and catalogue.peer_level_1 = group_spreads.peer_level
            and peer_values.peer_group_1 = group_spreads.peer_group
            and catalogue.normaliser = 'robust_z'
    left join peer_spreads as all_spreads
        on
            peer_values.metric_id = all_spreads.metric_id
            and all_spreads.peer_level = 'all'
            and catalogue.normaliser = 'robust_z'

)

select * from final
