with

override_verdicts as (

    select * from {{ ref('fct_override_verdicts') }}

),

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

final as (

    select
        account_spine.account_id,
        account_spine.as_of_date,
        override_verdicts.objective_id,
        override_verdicts.override_id,
        override_verdicts.override_kind,
        override_verdicts.amount,
        override_verdicts.reason_code,
        override_verdicts.evidence,
        override_verdicts.author_role,
        override_verdicts.approver_role,
        override_verdicts.starts_on,
        override_verdicts.expires_on
    from override_verdicts
    inner join account_spine
        on
            override_verdicts.account_id = account_spine.account_id
            and {{ valid_on(
                'account_spine.as_of_date', 'override_verdicts',
                starts='starts_on', ends='ends_on'
            ) }}
    where override_verdicts.is_valid

)

select * from final
