with

entries as (

    select * from {{ ref('int_scoring_overrides__entries') }}

),

entry_faults as (

    select * from {{ ref('int_scoring_overrides__entry_faults') }}

),

order_faults as (

    select * from {{ ref('int_scoring_overrides__order_faults') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

objective_scores as (

    select * from {{ ref('int_scoring__objective_scores') }}

),

gate_caps as (

    select * from {{ ref('int_scoring__gate_caps') }}

),

broken as (

    select ledger_number from entry_faults
    union
    select ledger_number from order_faults

),

days as (

    select
        entries.*,
        account_spine.as_of_date,
        {{ days_between('account_spine.as_of_date', 'account_spine.renewal_on') }}
        <= entries.renewal_watch_days as is_renewal_near
    from entries
    inner join account_spine
        on
            entries.account_id = account_spine.account_id
            and {{ valid_on(
                'account_spine.as_of_date', 'entries', starts='starts_on', ends='ends_on'
            ) }}
    left join broken on entries.ledger_number = broken.ledger_number
    where broken.ledger_number is null

),

{# Judged anew on each date: the score below it moves, and a renewal draws near. A ceiling never
   raises. #}
raises as (

    select
        days.*,
        case days.override_kind
            when 'delta' then days.amount
            when 'floor' then days.amount - {{ capped(
                'objective_scores.clamped_score', 'gate_caps.gate_cap'
            ) }}
            when 'value' then days.amount - {{ capped(
                'objective_scores.clamped_score', 'gate_caps.gate_cap'
            ) }}
        end as raise_points
    from days
    left join objective_scores
        on
            days.account_id = objective_scores.account_id
            and days.as_of_date = objective_scores.as_of_date
            and days.objective_id = objective_scores.objective_id
    left join gate_caps
        on
            days.account_id = gate_caps.account_id
            and days.as_of_date = gate_caps.as_of_date
            and days.objective_id = gate_caps.objective_id

),

final as (

    select
        ledger_number,
        account_id,
        as_of_date,
        objective_id,
        case
            when raise_points > largest_raise_alone and not has_director then 'needs_director'
            when raise_points > 0 and is_renewal_near and not has_second_person
                then 'needs_second_person'
        end as fault_id
    from raises

)

select * from final
