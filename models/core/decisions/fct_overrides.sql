with

overrides as (

    select * from {{ ref('int_decisions__overrides') }}

),

final as (

    select
        override_id,
        cast(entry_number as integer) as entry_number,
        is_rewritten,
        cast(ledger_number as integer) as ledger_number,
        account_id,
        objective_id,
        override_kind,
        amount,
        reason_code,
        evidence,
        author_key,
        author_role,
        approver_key,
        approver_role,
        created_on,
        valid_from,
        expires_on,
        withdrawn_on,
        starts_on,
        ends_on,
        recorded_at,
        known_on
    from overrides

)

select * from final
