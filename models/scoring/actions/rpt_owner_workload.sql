with

account_actions as (

    select * from {{ ref('rpt_account_actions') }}

),

owner_roles as (

    select * from {{ ref('owner_roles') }}

),

final as (

    select
        account_actions.owner_role,
        account_actions.owner_id,
        owner_roles.weekly_hours,
        cast(count(*) as integer) as action_count,
        cast(count(*) filter (where account_actions.is_within_capacity) as integer)
            as action_count_within_capacity,
        cast(count(*) filter (where account_actions.under_way_since is not null) as integer)
            as action_count_under_way,
        cast(count(*) filter (where account_actions.is_overdue) as integer) as overdue_action_count,
        sum(account_actions.effort_hours) as effort_hours,
        sum(account_actions.effort_hours) / nullif(owner_roles.weekly_hours, 0) as workload_ratio,
        sum(account_actions.action_value) filter (where account_actions.is_within_capacity)
            as action_value_within_capacity,
        sum(account_actions.action_value) filter (where not account_actions.is_within_capacity)
            as action_value_beyond_capacity
    from account_actions
    inner join owner_roles on account_actions.owner_role = owner_roles.owner_role
    group by account_actions.owner_role, account_actions.owner_id, owner_roles.weekly_hours

)

select * from final
