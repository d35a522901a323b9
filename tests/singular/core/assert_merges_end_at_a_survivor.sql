-- A chain of more than two merges would leave an account with a survivor that is gone itself.
with

survivors as (

    select * from {{ ref('int_identity__account_survivors') }}

),

last_survivors as (

    select
        account_id,
        survivor_account_id
    from survivors
    where valid_to is null

)

select
    last_survivors.account_id,
    last_survivors.survivor_account_id
from last_survivors
inner join survivors
    on
        last_survivors.survivor_account_id = survivors.account_id
        and survivors.survivor_account_id != survivors.account_id
