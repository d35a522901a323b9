{# Every account with a next action is on a worklist, and every red one has an action with a due
   date there, whoever its owner is. #}
with

account_attention as (

    select * from {{ ref('rpt_account_attention') }}

),

worklist as (

    select * from {{ ref('export_csm_worklist') }}

)

select account_attention.account_id
from account_attention
left join worklist on account_attention.account_id = worklist.account_id
where
    (
        account_attention.next_action_id is not null
        and worklist.account_id is null
    )
    or (
        account_attention.is_red
        and worklist.next_action_due_on is null
    )
