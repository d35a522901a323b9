with

action_accounts as (

    select * from {{ ref('int_scoring_actions__accounts') }}

),

next_plays as (

    select * from {{ ref('int_scoring_actions__next_plays') }}

),

playbooks as (

    select * from {{ ref('playbooks') }}

),

saveabilities as (

    select * from {{ ref('saveabilities') }}

),

urgencies as (

    select * from {{ ref('urgencies') }}

),

churn_risks as (

    select * from {{ ref('fct_account_churn_risks') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

action_settings as (

    select * from {{ ref('action_settings') }}
    where is_published

),

{# After a notice all of the ARR is lost unless somebody turns it, and the decision lies behind. #}
decided as (

    select
        action_accounts.account_id,
        account_spine.days_to_renewal,
        churn_risks.arr,
        case
            when action_accounts.has_notice then churn_risks.arr
            else churn_risks.expected_loss
        end as expected_loss,
        case
            when action_accounts.has_notice then 'decided'
            when churn_risks.contract_position = 'monthly' then 'monthly'
            when churn_risks.contract_position is not null then 'dated'
        end as decision_position
    from action_accounts
    inner join churn_risks
        on
            action_accounts.account_id = churn_risks.account_id
            and action_accounts.as_of_date = churn_risks.as_of_date
    inner join account_spine
        on
            action_accounts.account_id = account_spine.account_id
            and action_accounts.as_of_date = account_spine.as_of_date

),

timed as (

    select
        decided.account_id,
        decided.arr,
        decided.expected_loss,
        urgencies.urgency
    from decided
    left join urgencies
        on
            decided.decision_position = urgencies.decision_position
            and {{ within_limits('decided.days_to_renewal', 'urgencies', 'from_days', 'to_days') }}

),

based as (

    select
        next_plays.account_id,
        next_plays.play_id,
        next_plays.owner_role,
        playbooks.effort_hours,
        playbooks.effort_hours * action_settings.hour_cost as action_cost,
        case
            when playbooks.value_basis = 'loss' then timed.expected_loss
            when playbooks.value_basis = 'arr' then timed.arr
            else 0
        end as base_amount,
        saveabilities.saveability,
        timed.urgency
    from next_plays
    inner join playbooks on next_plays.play_id = playbooks.play_id
    inner join saveabilities on playbooks.saveability_group = saveabilities.saveability_group
    inner join timed on next_plays.account_id = timed.account_id
    cross join action_settings

),

final as (

    select
        account_id,
        play_id,
        owner_role,
        effort_hours,
        base_amount,
        saveability,
        urgency,
        base_amount * saveability * urgency - action_cost as action_value,
        (base_amount * saveability * urgency - action_cost) / nullif(effort_hours, 0)
            as value_per_hour
    from based

)

select * from final
