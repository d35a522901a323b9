with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

catalogue as (

    select * from {{ ref('int_metrics__catalogue') }}

),

spine_groups as (

    select distinct
        peer_industry_segment,
        peer_segment,
        peer_plan_tier,
        peer_seat_bucket
    from account_spine

),

final as (

    select distinct
        catalogue.metric_id,
        catalogue.baseline_version,
        catalogue.peer_level_1,
        catalogue.peer_level_2,
        catalogue.peer_kappa,
        {{ peer_group('catalogue.peer_level_1', 'spine_groups') }} as peer_group_1,
        {{ peer_group('catalogue.peer_level_2', 'spine_groups') }} as peer_group_2
    from spine_groups
    cross join catalogue
    where catalogue.peer_scheme is not null

)

select * from final
