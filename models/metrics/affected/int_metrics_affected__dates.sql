with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

affected_accounts as (

    select * from {{ ref('int_metrics_affected__accounts') }}

),

affected_days as (

    select * from {{ ref('int_metrics_affected__days') }}

),

{# A new date is a changed row too. #}
changed_spine as (

    {{ changed_rows(ref('fct_account_spine'), ['account_id', 'as_of_date']) }}

),

{# What became of the other accounts of an industry moves an account's own value. #}
changed_outcomes as (

    {{ changed_rows(ref('int_metrics_market__industry_outcomes'), ['account_id', 'as_of_date']) }}

),

affected_dates as (

    select
        account_id,
        as_of_date
    from changed_spine
    union distinct
    select
        account_id,
        as_of_date
    from changed_outcomes
    union distinct
    select
        spine.account_id,
        spine.as_of_date
    from spine
    inner join affected_accounts
        on
            spine.account_id = affected_accounts.account_id
            and spine.as_of_date >= affected_accounts.affected_from
    union distinct
    select
        spine.account_id,
        spine.as_of_date
    from spine
    inner join affected_days on spine.as_of_date = affected_days.as_of_date

),

{# A date that left the spine has nothing to be worked out, and would stretch every look back. #}
final as (

    select
        affected_dates.account_id,
        affected_dates.as_of_date
    from affected_dates
    inner join spine
        on
            affected_dates.account_id = spine.account_id
            and affected_dates.as_of_date = spine.as_of_date

)

select * from final
