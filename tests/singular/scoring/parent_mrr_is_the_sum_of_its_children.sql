{# A parent's group pays its own contract and what the groups directly below it pay. #}
with

parent_scores as (

    select * from {{ ref('fct_parent_health_scores') }}

),

account_parents as (

    select * from {{ ref('fct_account_parents') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

child_groups as (

    select
        account_parents.parent_account_id,
        account_parents.as_of_date,
        parent_scores.objective_id,
        sum(coalesce(child_scores.group_mrr, account_spine.mrr)) as children_mrr,
        count(*) as child_count
    from account_parents
    inner join parent_scores
        on
            account_parents.parent_account_id = parent_scores.parent_account_id
            and account_parents.as_of_date = parent_scores.as_of_date
    left join account_spine
        on
            account_parents.account_id = account_spine.account_id
            and account_parents.as_of_date = account_spine.as_of_date
    left join parent_scores as child_scores
        on
            account_parents.account_id = child_scores.parent_account_id
            and account_parents.as_of_date = child_scores.as_of_date
            and parent_scores.objective_id = child_scores.objective_id
    group by
        account_parents.parent_account_id,
        account_parents.as_of_date,
        parent_scores.objective_id

),

final as (

    select
        parent_scores.parent_account_id,
        parent_scores.as_of_date,
        parent_scores.objective_id,
        parent_scores.own_mrr,
        child_groups.children_mrr,
        parent_scores.group_mrr
    from parent_scores
    left join child_groups
        on
            parent_scores.parent_account_id = child_groups.parent_account_id
            and parent_scores.as_of_date = child_groups.as_of_date
            and parent_scores.objective_id = child_groups.objective_id
    where
        child_groups.child_count is null
        or child_groups.child_count != parent_scores.child_count
        or (parent_scores.group_mrr is null) != (child_groups.children_mrr is null)
        or abs(
            parent_scores.own_mrr + child_groups.children_mrr - parent_scores.group_mrr
        ) >= 0.005

)

select * from final
