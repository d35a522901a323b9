with

override_verdicts as (

    select * from {{ ref('fct_override_verdicts') }}

),

override_faults as (

    select * from {{ ref('override_faults') }}

),

set_aside as (

    select * from {{ ref('quarantine_decisions') }}
    where
        source_table = 'overrides'
        and rejection_reason != 'duplicate_or_superseded'

),

final as (

    select
        override_verdicts.override_id,
        override_verdicts.account_id,
        override_verdicts.objective_id,
        override_verdicts.override_kind,
        override_verdicts.amount,
        override_verdicts.reason_code,
        override_verdicts.author_role,
        override_verdicts.created_on,
        override_verdicts.starts_on,
        override_verdicts.expires_on,
        override_verdicts.withdrawn_on,
        override_verdicts.fault_id,
        override_verdicts.fault_count,
        override_faults.meaning as fault_meaning,
        override_faults.advice as fault_advice,
        override_verdicts.other_override_id,
        override_verdicts.held_back_from,
        override_verdicts.held_back_until,
        case
            when override_verdicts.is_valid then override_verdicts.override_status = 'held_back'
            else
                override_verdicts.starts_on <= {{ as_of_date() }}
                and override_verdicts.ends_on > {{ as_of_date() }}
        end as is_current
    from override_verdicts
    inner join override_faults on override_verdicts.fault_id = override_faults.fault_id
    union all
    select
        row_key as override_id,
        null as account_id,
        null as objective_id,
        null as override_kind,
        null as amount,
        null as reason_code,
        null as author_role,
        null as created_on,
        null as starts_on,
        null as expires_on,
        null as withdrawn_on,
        rejection_reason as fault_id,
        1 as fault_count,
        'The entry is not complete; staging has set it aside' as fault_meaning,
        'Write it again with `health override add`' as fault_advice,
        null as other_override_id,
        null as held_back_from,
        null as held_back_until,
        true as is_current
    from set_aside

)

select * from final
