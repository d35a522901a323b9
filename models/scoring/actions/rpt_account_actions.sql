with

action_accounts as (

    select * from {{ ref('int_scoring_actions__accounts') }}

),

next_plays as (

    select * from {{ ref('int_scoring_actions__next_plays') }}

),

priorities as (

    select * from {{ ref('int_scoring_actions__priorities') }}

),

playbooks as (

    select * from {{ ref('playbooks') }}

),

owner_roles as (

    select * from {{ ref('owner_roles') }}

),

account_drivers as (

    select * from {{ ref('rpt_account_drivers') }}

),

{# Trouble has what costs most points as its reason, an offer what gives most. #}
top_drivers as (

    select
        account_id,
        objective_id,
        driver_kind,
        metric_id,
        metric_name
    from account_drivers
    where driver_rank = 1

),

due_actions as (

    select
        next_plays.account_id,
        next_plays.play_id,
        next_plays.cause,
        next_plays.owner_role,
        next_plays.attention_class,
        next_plays.is_first,
        action_accounts.as_of_date,
        coalesce(action_accounts.red_since, action_accounts.as_of_date) as triggered_on,
        case when owner_roles.is_account_owner then action_accounts.owner_id end as owner_id,
        owner_roles.weekly_hours
    from next_plays
    inner join action_accounts on next_plays.account_id = action_accounts.account_id
    inner join owner_roles on next_plays.owner_role = owner_roles.owner_role

),

ordered as (

    select
        due_actions.account_id,
        due_actions.play_id,
        row_number() over (
            partition by due_actions.owner_role, due_actions.owner_id
            order by
                round(priorities.value_per_hour, {{ score_digits() }}) desc nulls last,
                due_actions.account_id asc
        ) as owner_rank,
        sum(priorities.effort_hours) over (
            partition by due_actions.owner_role, due_actions.owner_id
            order by
                round(priorities.value_per_hour, {{ score_digits() }}) desc nulls last,
                due_actions.account_id asc
            rows between unbounded preceding and current row
        ) as hours_until_done
    from due_actions
    inner join priorities
        on
            due_actions.account_id = priorities.account_id
            and due_actions.play_id = priorities.play_id

),

final as (

    select
        due_actions.account_id || '|' || due_actions.play_id as action_id,
        due_actions.account_id,
        due_actions.as_of_date,
        due_actions.play_id,
        playbooks.play_name,
        due_actions.attention_class,
        due_actions.owner_role,
        due_actions.owner_id,
        top_drivers.metric_id as driver_metric_id,
        top_drivers.metric_name as driver_metric_name,
        top_drivers.driver_kind,
        due_actions.cause,
        due_actions.is_first as is_next_action,
        due_actions.triggered_on,
        {{ add_days('due_actions.triggered_on', 'playbooks.deadline_days') }} as due_on,
        playbooks.exit_rule,
        playbooks.expected_effect,
        priorities.effort_hours,
        priorities.base_amount,
        priorities.saveability,
        priorities.urgency,
        priorities.action_value,
        priorities.value_per_hour,
        cast(ordered.owner_rank as integer) as owner_rank,
        ordered.hours_until_done,
        ordered.hours_until_done <= due_actions.weekly_hours as is_within_capacity
    from due_actions
    inner join playbooks on due_actions.play_id = playbooks.play_id
    inner join priorities
        on
            due_actions.account_id = priorities.account_id
            and due_actions.play_id = priorities.play_id
    inner join ordered
        on
            due_actions.account_id = ordered.account_id
            and due_actions.play_id = ordered.play_id
    left join top_drivers
        on
            due_actions.account_id = top_drivers.account_id
            and playbooks.driver_objective_id = top_drivers.objective_id
            and playbooks.driver_kind = top_drivers.driver_kind

)

select * from final
