with

overrides as (

    select * from {{ ref('fct_overrides') }}

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

override_faults as (

    select * from {{ ref('override_faults') }}

),

all_faults as (

    select
        ledger_number,
        fault_id
    from entry_faults
    union
    select
        ledger_number,
        fault_id
    from order_faults

),

{# What keeps an otherwise valid override from acting on some dates. #}
held_back as (

    select
        ledger_number,
        min(fault_id) as fault_id,
        min(as_of_date) as first_date,
        max(as_of_date) as last_date
    from override_days
    where fault_id is not null
    group by ledger_number

),

ranked_faults as (

    select
        all_faults.ledger_number,
        all_faults.fault_id,
        count(*) over (partition by all_faults.ledger_number) as fault_count,
        row_number() over (
            partition by all_faults.ledger_number order by override_faults.fault_rank
        ) as fault_number
    from all_faults
    inner join override_faults on all_faults.fault_id = override_faults.fault_id

),

final as (

    select
        overrides.override_id,
        overrides.entry_number,
        overrides.account_id,
        overrides.objective_id,
        overrides.override_kind,
        overrides.amount,
        overrides.reason_code,
        overrides.evidence,
        overrides.author_role,
        overrides.approver_role,
        overrides.created_on,
        overrides.starts_on,
        overrides.expires_on,
        overrides.withdrawn_on,
        overrides.ends_on,
        overrides.known_on,
        ranked_faults.fault_id is null as is_valid,
        coalesce(ranked_faults.fault_id, held_back.fault_id) as fault_id,
        cast(coalesce(ranked_faults.fault_count, 0) as integer) as fault_count,
        order_faults.other_override_id,
        held_back.first_date as held_back_from,
        held_back.last_date as held_back_until,
        case
            when ranked_faults.fault_id is not null then 'invalid'
            when overrides.withdrawn_on <= greatest({{ as_of_date() }}, overrides.starts_on)
                then 'withdrawn'
            when overrides.expires_on <= {{ as_of_date() }} then 'expired'
            when held_back.last_date = {{ as_of_date() }} then 'held_back'
            when overrides.starts_on <= {{ as_of_date() }} then 'active'
            else 'scheduled'
        end as override_status
    from overrides
    left join ranked_faults
        on
            overrides.ledger_number = ranked_faults.ledger_number
            and ranked_faults.fault_number = 1
    left join order_faults
        on
            overrides.ledger_number = order_faults.ledger_number
            and ranked_faults.fault_id = order_faults.fault_id
    left join held_back on overrides.ledger_number = held_back.ledger_number

)

select * from final
