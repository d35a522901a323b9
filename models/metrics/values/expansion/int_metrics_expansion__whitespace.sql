with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

active_lines as (

    select * from {{ ref('int_metrics_expansion__active_lines') }}

),

module_adoption as (

    select * from {{ ref('int_metrics_expansion__module_adoption') }}

),

segment_totals as (

    select
        segment,
        count(*) as module_count,
        {{ exact_sum('adoption') }} as total_adoption
    from module_adoption
    group by segment

),

owned_modules as (

    select distinct
        account_id,
        as_of_date,
        module_name
    from active_lines
    where module_name is not null

),

peers as (

    select
        spine.account_id,
        spine.as_of_date,
        coalesce(segment_totals.segment, 'all') as segment
    from spine
    left join segment_totals on spine.peer_segment = segment_totals.segment
    where spine.is_paying

),

owned_adoption as (

    select
        peers.account_id,
        peers.as_of_date,
        {{ exact_sum('module_adoption.adoption') }} as adoption
    from peers
    inner join owned_modules
        on
            peers.account_id = owned_modules.account_id
            and peers.as_of_date = owned_modules.as_of_date
    inner join module_adoption
        on
            peers.segment = module_adoption.segment
            and owned_modules.module_name = module_adoption.module_name
    group by peers.account_id, peers.as_of_date

),

final as (

    select
        peers.account_id,
        peers.as_of_date,
        coalesce(segment_totals.module_count, 0) as module_count,
        segment_totals.total_adoption - coalesce(owned_adoption.adoption, 0) as open_adoption,
        segment_totals.total_adoption
    from peers
    left join segment_totals on peers.segment = segment_totals.segment
    left join owned_adoption
        on
            peers.account_id = owned_adoption.account_id
            and peers.as_of_date = owned_adoption.as_of_date

)

select * from final
