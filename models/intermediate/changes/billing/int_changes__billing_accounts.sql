with

account_lines as (

    select * from {{ ref('int_billing__account_lines') }}

),

account_survivors as (

    select * from {{ ref('int_identity__account_survivors') }}

),

month_ends as (

    select * from {{ ref('int_billing__month_ends') }}

),

changed_months as (

    select * from {{ ref('int_changes__months') }}

),

changed_lines as (

    {{ changed_rows(ref('int_billing__account_lines'), ['account_id']) }}

),

changed_notices as (

    {{ changed_rows(ref('int_billing__cancel_notices'), ['subscription_id']) }}

),

changed_survivors as (

    {{ changed_rows(
        ref('int_identity__account_survivors'), ['account_id', 'survivor_account_id']
    ) }}

),

kept_months as (

    select min(month_ends.month_end) as first_month_end
    from month_ends
    left join changed_months
        on month_ends.month_end = changed_months.month_end
    where changed_months.month_end is null

),

{# Whether an account is new in a month hangs on all months before. #}
first_months as (

    select changed_months.month_end
    from changed_months
    inner join kept_months
        on changed_months.month_end < kept_months.first_month_end

),

own_changes as (

    select account_id from changed_lines
    union distinct
    select account_lines.account_id
    from account_lines
    inner join changed_notices
        on account_lines.subscription_id = changed_notices.subscription_id
    union distinct
    select account_lines.account_id
    from account_lines
    inner join first_months
        on
            account_lines.starts_on <= first_months.month_end
            and (account_lines.ends_on is null or account_lines.ends_on > first_months.month_end)

),

{# What a merged account paid is told of the survivor, the one of today and the one of before. #}
final as (

    select account_id from own_changes
    union distinct
    select account_id from changed_survivors
    union distinct
    select survivor_account_id as account_id from changed_survivors
    union distinct
    select account_survivors.survivor_account_id as account_id
    from account_survivors
    inner join own_changes
        on account_survivors.account_id = own_changes.account_id

)

select * from final
