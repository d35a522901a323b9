with

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

{# A master that is not among the accounts cannot take over: the account then stays itself. #}
account_merges as (

    select
        accounts.account_id,
        accounts.merged_into_account_id,
        accounts.merged_on
    from accounts
    inner join accounts as master_accounts
        on accounts.merged_into_account_id = master_accounts.account_id
    where accounts.account_id != master_accounts.account_id

),

own_rows as (

    select
        accounts.account_id,
        accounts.account_id as survivor_account_id,
        cast(null as date) as valid_from,
        account_merges.merged_on as valid_to
    from accounts
    left join account_merges
        on accounts.account_id = account_merges.account_id

),

first_masters as (

    select
        account_merges.account_id,
        account_merges.merged_into_account_id as survivor_account_id,
        account_merges.merged_on as valid_from,
        later_merges.merged_on as valid_to
    from account_merges
    left join account_merges as later_merges
        on account_merges.merged_into_account_id = later_merges.account_id
    where
        later_merges.merged_on is null
        or later_merges.merged_on > account_merges.merged_on

),

{# A master may be merged itself. Longer chains are caught by a test, since a loop has no end. #}
second_masters as (

    select
        account_merges.account_id,
        later_merges.merged_into_account_id as survivor_account_id,
        greatest(account_merges.merged_on, later_merges.merged_on) as valid_from,
        cast(null as date) as valid_to
    from account_merges
    inner join account_merges as later_merges
        on account_merges.merged_into_account_id = later_merges.account_id
    where later_merges.merged_into_account_id != account_merges.account_id

),

unioned as (

    select * from own_rows
    union all
    select * from first_masters
    union all
    select * from second_masters

),

final as (

    select
        account_id,
        survivor_account_id,
        valid_from,
        valid_to
    from unioned

)

select * from final
