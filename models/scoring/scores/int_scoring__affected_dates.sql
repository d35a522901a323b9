with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

affected_dates as (

    select * from {{ ref('int_metrics_affected__dates') }}

),

{# A band stays where it is until the score is well beyond its limit, so a date moves all later
   ones. #}
first_dates as (

    select
        account_id,
        min(as_of_date) as affected_from
    from affected_dates
    group by account_id

),

{# What people decided moves no metric. #}
override_changes as (

    {{ changed_rows(ref('fct_account_overrides'), ['account_id', 'as_of_date']) }}

),

changes as (

    select
        account_spine.account_id,
        account_spine.as_of_date
    from account_spine
    inner join first_dates
        on
            account_spine.account_id = first_dates.account_id
            and account_spine.as_of_date >= first_dates.affected_from
    union distinct
    select
        account_spine.account_id,
        account_spine.as_of_date
    from account_spine
    inner join override_changes
        on
            account_spine.account_id = override_changes.account_id
            and account_spine.as_of_date = override_changes.as_of_date

),

final as (

    select
        account_id,
        as_of_date
    from changes

)

select * from final
