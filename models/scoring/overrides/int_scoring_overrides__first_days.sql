with

entries as (

    select * from {{ ref('int_scoring_overrides__entries') }}

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

numbered_days as (

    select
        entries.ledger_number,
        entries.account_id,
        entries.objective_id,
        account_spine.as_of_date,
        account_spine.renewal_on,
        row_number() over (
            partition by entries.ledger_number order by account_spine.as_of_date
        ) as day_number
    from entries
    inner join account_spine
        on
            entries.account_id = account_spine.account_id
            and {{ valid_on(
                'account_spine.as_of_date', 'entries', starts='starts_on', ends='expires_on'
            ) }}

),

final as (

    select
        numbered_days.ledger_number,
        numbered_days.as_of_date as first_date,
        numbered_days.renewal_on,
        {{ capped('objective_scores.clamped_score', 'gate_caps.gate_cap') }} as gated_score
    from numbered_days
    left join objective_scores
        on
            numbered_days.account_id = objective_scores.account_id
            and numbered_days.as_of_date = objective_scores.as_of_date
            and numbered_days.objective_id = objective_scores.objective_id
    left join gate_caps
        on
            numbered_days.account_id = gate_caps.account_id
            and numbered_days.as_of_date = gate_caps.as_of_date
            and numbered_days.objective_id = gate_caps.objective_id
    where numbered_days.day_number = 1

)

select * from final
