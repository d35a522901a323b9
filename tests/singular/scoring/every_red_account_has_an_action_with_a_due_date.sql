{# Counted from the scores themselves: whoever is in a band that needs attention, and is scored or
   under notice, has one next action, with a deadline, in the most urgent class. #}
with

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}
    where
        is_current
        and objective_id in ('retention', 'overall')
        and (is_eligible or ineligible_reason = 'notice')

),

bands as (

    select * from {{ ref('bands') }}

),

account_actions as (

    select * from {{ ref('rpt_account_actions') }}
    where is_next_action

),

most_urgent as (

    select attention_class
    from {{ ref('attention_classes') }}
    where class_rank = 1

),

red_accounts as (

    select distinct health_scores.account_id
    from health_scores
    inner join bands
        on
            health_scores.score_version = bands.score_version
            and health_scores.band = bands.band
    where bands.needs_attention

),

urgent_actions as (

    select
        account_actions.account_id,
        account_actions.due_on
    from account_actions
    inner join most_urgent on account_actions.attention_class = most_urgent.attention_class

)

select
    red_accounts.account_id,
    count(urgent_actions.due_on) as action_count
from red_accounts
left join urgent_actions on red_accounts.account_id = urgent_actions.account_id
group by red_accounts.account_id
having count(urgent_actions.due_on) != 1
