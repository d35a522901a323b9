with

account_sources as (

    select * from {{ ref('bridge_account_sources') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

account_count as (

    select count(*) as account_count from accounts

),

linked as (

    select
        source_system,
        match_method,
        count(distinct source_key) as source_key_count,
        count(distinct account_id) as linked_account_count,
        min(match_confidence) as lowest_confidence
    from account_sources
    group by source_system, match_method

),

final as (

    select
        linked.source_system,
        linked.match_method,
        linked.source_key_count,
        linked.linked_account_count,
        cast(linked.linked_account_count as {{ type_double() }})
        / nullif(account_count.account_count, 0) as linked_account_ratio,
        linked.lowest_confidence
    from linked
    cross join account_count

)

select * from final
