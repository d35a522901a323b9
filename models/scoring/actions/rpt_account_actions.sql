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

begins as (

    select * from {{ ref('int_scoring_actions__begins') }}

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
        case when owner_roles.is_account_owner then action_accounts.owner_id end as owner_id,
        owner_roles.weekly_hours,
        priorities.effort_hours,
        priorities.base_amount,
        priorities.saveability,
        priorities.urgency,
        priorities.action_value,
        priorities.value_per_hour
    from next_plays
    inner join action_accounts on next_plays.account_id = action_accounts.account_id
    inner join owner_roles on next_plays.owner_role = owner_roles.owner_role
    inner join priorities
        on
            next_plays.account_id = priorities.account_id
            and next_plays.play_id = priorities.play_id

),

ordered as (

    select
        *,
        row_number() over (
            partition by owner_role, owner_id
            order by round(value_per_hour, {{ score_digits() }}) desc nulls last, account_id asc
        ) as owner_rank,
        sum(effort_hours) over (
            partition by owner_role, owner_id
            order by round(value_per_hour, {{ score_digits() }}) desc nulls last, account_id asc
            rows between unbounded preceding and current row
        ) as hours_until_done
    from due_actions

),

final as (

    select
        ordered.account_id || '|' || ordered.play_id as action_id,
        ordered.account_id,
        ordered.as_of_date,
        ordered.play_id,
        playbooks.play_name,
        ordered.attention_class,
        ordered.owner_role,
        ordered.owner_id,
        top_drivers.metric_id as driver_metric_id,
        top_drivers.metric_name as driver_metric_name,
        top_drivers.driver_kind,
        ordered.cause,
        ordered.is_first as is_next_action,
        begins.triggered_on,
        begins.due_on,
        begins.under_way_since,
        begins.is_overdue,
        playbooks.exit_rule,
        playbooks.expected_effect,
        ordered.effort_hours,
        ordered.base_amount,
        ordered.saveability,
        ordered.urgency,
        ordered.action_value,
        ordered.value_per_hour,
        cast(ordered.owner_rank as integer) as owner_rank,
        ordered.hours_until_done,
        ordered.hours_until_done <= ordered.weekly_hours as is_within_capacity
    from ordered
    inner join playbooks on ordered.play_id = playbooks.play_id
    inner join begins
        on
            ordered.account_id = begins.account_id
            and ordered.play_id = begins.play_id
    left join top_drivers
        on
            ordered.account_id = top_drivers.account_id
            and playbooks.driver_objective_id = top_drivers.objective_id
            and playbooks.driver_kind = top_drivers.driver_kind

)

select * from final
