{# Health, fit, whitespace and timing agree wherever more is offered: no cap, no red, no notice. #}
with

account_actions as (

    select * from {{ ref('rpt_account_actions') }}

),

action_accounts as (

    select * from {{ ref('int_scoring_actions__accounts') }}

),

account_gates as (

    select * from {{ ref('fct_account_gates') }}

),

number_facts as (

    select * from {{ ref('int_scoring_actions__number_facts') }}

),

health_scores as (

    select * from {{ ref('fct_account_health_scores') }}

)

select
    account_actions.account_id,
    account_actions.play_id
from account_actions
inner join action_accounts on account_actions.account_id = action_accounts.account_id
left join account_gates
    on
        account_actions.account_id = account_gates.account_id
        and account_actions.as_of_date = account_gates.as_of_date
left join health_scores
    on
        account_actions.account_id = health_scores.account_id
        and account_actions.as_of_date = health_scores.as_of_date
        and health_scores.objective_id = 'retention'
        and health_scores.raw_band = 'healthy'
left join number_facts
    on
        account_actions.account_id = number_facts.account_id
        and number_facts.fact_id = 'known_score_E03'
where
    account_actions.attention_class = 'expand'
    and (
        action_accounts.is_red
        or action_accounts.has_notice
        or account_gates.gate_id is not null
        or health_scores.account_id is null
        or number_facts.number_value is null
    )
