{# One version of the rules, every fault that SQL knows, and somebody who may approve. #}
with

override_settings as (

    select * from {{ ref('override_settings') }}

),

override_kinds as (

    select * from {{ ref('override_kinds') }}

),

override_roles as (

    select * from {{ ref('override_roles') }}

),

override_faults as (

    select * from {{ ref('override_faults') }}

),

entry_faults as (

    select * from {{ ref('int_scoring_overrides__entry_faults') }}

),

order_faults as (

    select * from {{ ref('int_scoring_overrides__order_faults') }}

),

override_days as (

    select * from {{ ref('int_scoring_overrides__days') }}

),

found_faults as (

    select fault_id from entry_faults
    union
    select fault_id from order_faults
    union
    select fault_id from override_days
    where fault_id is not null

),

faults as (

    select 'override_settings: not one version is published' as fault
    from override_settings
    having count(*) filter (where is_published) != 1
    union all
    select 'override_kinds: the lowest amount is above the highest of ' || override_kind as fault
    from override_kinds
    where lowest_amount > highest_amount
    union all
    select 'override_roles: nobody may write, or no director may approve' as fault
    from override_roles
    having
        count(*) filter (where may_write) = 0
        or count(*) filter (where may_approve and is_director) = 0
    union all
    select 'override_faults: no row for ' || found_faults.fault_id as fault
    from found_faults
    left join override_faults on found_faults.fault_id = override_faults.fault_id
    where override_faults.fault_id is null

)

select fault
from faults
