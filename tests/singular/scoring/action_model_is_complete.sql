{# One version, one default class; every play can be called, and every gate and metric exists. #}
with

action_settings as (

    select * from {{ ref('action_settings') }}

),

attention_classes as (

    select * from {{ ref('attention_classes') }}

),

playbooks as (

    select * from {{ ref('playbooks') }}

),

playbook_conditions as (

    select * from {{ ref('playbook_conditions') }}

),

gates as (

    select * from {{ ref('gates') }}

),

faults as (

    select 'action_settings: not one version is published' as fault
    from action_settings
    having count(*) filter (where is_published) != 1
    union all
    select 'attention_classes: not one class is the default' as fault
    from attention_classes
    having count(*) filter (where is_default) != 1
    union all
    select 'playbooks: no conditions for ' || playbooks.play_id as fault
    from playbooks
    left join playbook_conditions on playbooks.play_id = playbook_conditions.play_id
    where playbook_conditions.play_id is null
    union all
    select 'playbook_conditions: no first condition in an alternative of ' || play_id as fault
    from playbook_conditions
    group by play_id, alternative
    having min(condition_number) != 1
    union all
    select 'playbook_conditions: no gate ' || playbook_conditions.text_value as fault
    from playbook_conditions
    left join gates on playbook_conditions.text_value = gates.gate_id
    where
        playbook_conditions.fact_id = 'active_gate'
        and gates.gate_id is null

)

select fault
from faults
