with

entries as (

    select * from {{ ref('int_scoring_overrides__entries') }}

),

entry_faults as (

    select distinct ledger_number
    from {{ ref('int_scoring_overrides__entry_faults') }}

),

sound as (

    select entries.*
    from entries
    left join entry_faults on entries.ledger_number = entry_faults.ledger_number
    where entry_faults.ledger_number is null

),

{# What was written first stands, also while it waits for its first day. A withdrawal counts from
   the day on which it is known, so that no later word changes what held before. #}
pairs as (

    select
        later.ledger_number,
        earlier.override_id as other_override_id,
        earlier.starts_on < earlier.expires_on
        and earlier.starts_on < later.expires_on
        and earlier.expires_on > later.starts_on
        and later.starts_on < coalesce(earlier.withdrawn_on, {{ latest_date() }}) as is_overlap,
        earlier.author_key = later.author_key
        and earlier.reason_code = later.reason_code
        and earlier.ends_on > earlier.starts_on
        and earlier.ends_on <= later.starts_on
        and {{ days_between('earlier.ends_on', 'later.starts_on') }} < later.repeat_gap_days
        and not later.has_second_person as is_repeat
    from sound as later
    inner join sound as earlier
        on
            later.account_id = earlier.account_id
            and later.objective_id = earlier.objective_id
            and later.ledger_number > earlier.ledger_number

),

final as (

    select
        ledger_number,
        'another_stands' as fault_id,
        min(other_override_id) as other_override_id
    from pairs
    where is_overlap
    group by ledger_number
    union all
    select
        ledger_number,
        'silent_renewal' as fault_id,
        min(other_override_id) as other_override_id
    from pairs
    where is_repeat
    group by ledger_number

)

select * from final
