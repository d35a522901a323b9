with

account_parents as (

    select * from {{ ref('fct_account_parents') }}

),

faulty_links as (

    select
        account_id,
        as_of_date,
        declared_parent_account_id,
        cycle_account_id,
        link_status,
        case when cycle_account_id is not null then 'parent_cycle' else link_status end as fault
    from account_parents
    where
        link_status != 'linked'
        or cycle_account_id is not null

),

final as (

    select
        account_id,
        declared_parent_account_id,
        fault,
        cycle_account_id,
        count(*) filter (where link_status = 'cut_cycle') > 0 as is_cut,
        min(as_of_date) as first_as_of_date,
        max(as_of_date) as last_as_of_date,
        max(as_of_date) = {{ as_of_date() }} as is_current
    from faulty_links
    group by
        account_id,
        declared_parent_account_id,
        fault,
        cycle_account_id

)

select * from final
