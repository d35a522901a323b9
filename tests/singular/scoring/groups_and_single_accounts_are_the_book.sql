{# The groups of tops and the accounts outside of groups are the book: nobody counts twice. #}
with

parent_scores as (

    select * from {{ ref('fct_parent_health_scores') }}

),

account_ancestors as (

    select * from {{ ref('bridge_account_ancestors') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

group_members as (

    select
        account_id,
        as_of_date
    from account_ancestors
    union
    select
        ancestor_account_id as account_id,
        as_of_date
    from account_ancestors

),

book as (

    select
        account_spine.as_of_date,
        sum(account_spine.mrr) as mrr,
        sum(account_spine.mrr) filter (where group_members.account_id is null) as single_mrr
    from account_spine
    left join group_members
        on
            account_spine.account_id = group_members.account_id
            and account_spine.as_of_date = group_members.as_of_date
    group by account_spine.as_of_date

),

tops as (

    select
        as_of_date,
        objective_id,
        sum(group_mrr) as group_mrr
    from parent_scores
    where is_top
    group by as_of_date, objective_id

),

final as (

    select
        book.as_of_date,
        tops.objective_id,
        book.mrr,
        book.single_mrr,
        tops.group_mrr
    from book
    inner join tops on book.as_of_date = tops.as_of_date
    where abs(book.mrr - coalesce(book.single_mrr, 0) - tops.group_mrr) >= 0.005

)

select * from final
