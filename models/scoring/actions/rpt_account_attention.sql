with

action_accounts as (

    select * from {{ ref('int_scoring_actions__accounts') }}

),

account_actions as (

    select * from {{ ref('rpt_account_actions') }}
    where is_next_action

),

default_classes as (

    select * from {{ ref('attention_classes') }}
    where is_default

),

final as (

    select
        action_accounts.account_id,
        action_accounts.as_of_date,
        coalesce(account_actions.attention_class, default_classes.attention_class)
            as attention_class,
        action_accounts.is_red,
        action_accounts.red_since,
        account_actions.action_id as next_action_id,
        account_actions.play_name as next_play_name,
        account_actions.due_on
    from action_accounts
    cross join default_classes
    left join account_actions on action_accounts.account_id = account_actions.account_id

)

select * from final
