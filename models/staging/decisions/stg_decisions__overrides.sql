with

checked as (

    {{ checked_source('decisions', 'overrides') }}

),

final as (

    select
        override_id,
        account_id,
        objective_id,
        override_kind,
        amount,
        reason_code,
        evidence,
        {{ email_hash('author') }} as author_key,
        author_role,
        {{ email_hash('approver') }} as approver_key,
        approver_role,
        valid_from,
        expires_on,
        created_at,
        recorded_at,
        last_recorded_at
    from checked

)

select * from final
