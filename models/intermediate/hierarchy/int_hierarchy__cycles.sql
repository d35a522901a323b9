with

declared_walks as (

    select * from {{ ref('int_hierarchy__declared_walks') }}

),

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

{# Who meets himself on the way up is in a circle, as long as the way. #}
members as (

    select
        account_id,
        as_of_date,
        min(distance) as cycle_length
    from declared_walks
    where ancestor_account_id = account_id
    group by account_id, as_of_date

),

{# A circle has no top. Its oldest account takes the place: it was there before the others. #}
ranked_members as (

    select
        members.account_id,
        members.as_of_date,
        members.cycle_length,
        declared_walks.ancestor_account_id as member_account_id,
        row_number() over (
            partition by members.account_id, members.as_of_date
            order by accounts.created_on asc nulls last, accounts.account_id asc
        ) as member_rank
    from members
    inner join declared_walks
        on
            members.account_id = declared_walks.account_id
            and members.as_of_date = declared_walks.as_of_date
            and members.cycle_length >= declared_walks.distance
    inner join accounts
        on declared_walks.ancestor_account_id = accounts.account_id

),

final as (

    select
        account_id,
        as_of_date,
        cycle_length,
        member_account_id as cycle_account_id
    from ranked_members
    where member_rank = 1

)

select * from final
