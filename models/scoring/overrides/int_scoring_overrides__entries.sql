with

overrides as (

    select * from {{ ref('fct_overrides') }}

),

accounts as (

    select * from {{ ref('dim_accounts') }}

),

objectives as (

    select * from {{ ref('objectives') }}

),

override_settings as (

    select * from {{ ref('override_settings') }}
    where is_published

),

override_kinds as (

    select * from {{ ref('override_kinds') }}

),

override_reasons as (

    select * from {{ ref('override_reasons') }}

),

override_roles as (

    select * from {{ ref('override_roles') }}

),

{# Who approves what he has written himself is no second person. #}
looked_up as (

    select
        overrides.*,
        override_kinds.lowest_amount,
        override_kinds.highest_amount,
        override_kinds.largest_amount_alone,
        override_kinds.largest_raise_alone,
        override_settings.longest_days,
        override_settings.renewal_watch_days,
        override_settings.repeat_gap_days,
        accounts.account_id is not null as is_known_account,
        objectives.objective_id is not null as is_known_objective,
        override_kinds.override_kind is not null as is_known_kind,
        override_reasons.reason_code is not null as is_known_reason,
        coalesce(author_roles.may_write, false) as may_author_write,
        coalesce(approver_roles.may_approve, false) as may_approver_approve,
        coalesce(author_roles.is_director, false) as is_author_director,
        coalesce(approver_roles.is_director, false) as is_approver_director,
        coalesce(
            approver_roles.may_approve and overrides.approver_key != overrides.author_key, false
        ) as has_second_person
    from overrides
    cross join override_settings
    left join accounts on overrides.account_id = accounts.account_id
    left join objectives on overrides.objective_id = objectives.objective_id
    left join override_kinds on overrides.override_kind = override_kinds.override_kind
    left join override_reasons on overrides.reason_code = override_reasons.reason_code
    left join override_roles as author_roles on overrides.author_role = author_roles.role_id
    left join override_roles as approver_roles
        on overrides.approver_role = approver_roles.role_id

),

final as (

    select
        ledger_number,
        override_id,
        entry_number,
        is_rewritten,
        account_id,
        objective_id,
        override_kind,
        amount,
        reason_code,
        author_key,
        approver_key is not null as has_approver,
        created_on,
        valid_from,
        expires_on,
        withdrawn_on,
        starts_on,
        ends_on,
        lowest_amount,
        highest_amount,
        largest_amount_alone,
        largest_raise_alone,
        longest_days,
        renewal_watch_days,
        repeat_gap_days,
        is_known_account,
        is_known_objective,
        is_known_kind,
        is_known_reason,
        may_author_write,
        may_approver_approve,
        has_second_person,
        is_author_director or (has_second_person and is_approver_director) as has_director
    from looked_up

)

select * from final
