with

override_days as (

    select * from {{ ref('int_scoring_overrides__days') }}

),

overrides as (

    select * from {{ ref('fct_overrides') }}

),

final as (

    select
        override_days.account_id,
        override_days.as_of_date,
        override_days.objective_id,
        overrides.override_id,
        overrides.override_kind,
        overrides.amount,
        overrides.reason_code,
        overrides.evidence,
        overrides.author_role,
        overrides.approver_role,
        overrides.starts_on,
        overrides.expires_on
    from override_days
    inner join overrides on override_days.ledger_number = overrides.ledger_number
    where override_days.fault_id is null

)

select * from final
