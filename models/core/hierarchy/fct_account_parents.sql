with

parent_links as (

    select * from {{ ref('int_hierarchy__parent_links') }}

),

cycles as (

    select * from {{ ref('int_hierarchy__cycles') }}

),

judged_links as (

    select
        parent_links.account_id,
        parent_links.as_of_date,
        parent_links.declared_parent_account_id,
        parent_links.parent_account_id,
        parent_links.link_status,
        parent_links.is_reconstructed,
        cycles.cycle_account_id,
        coalesce(cycles.cycle_account_id = parent_links.account_id, false) as is_cut
    from parent_links
    left join cycles
        on
            parent_links.account_id = cycles.account_id
            and parent_links.as_of_date = cycles.as_of_date

),

final as (

    select
        account_id,
        as_of_date,
        declared_parent_account_id,
        case when not is_cut then parent_account_id end as parent_account_id,
        case when is_cut then 'cut_cycle' else link_status end as link_status,
        cycle_account_id,
        is_reconstructed
    from judged_links

)

select * from final
