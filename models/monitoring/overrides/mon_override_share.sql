with

account_spine as (

    select * from {{ ref('fct_account_spine') }}
    where is_eligible

),

account_overrides as (

    select * from {{ ref('fct_account_overrides') }}

),

objectives as (

    select * from {{ ref('objectives') }}

),

override_settings as (

    select * from {{ ref('override_settings') }}
    where is_published

),

books as (

    select
        as_of_date,
        count(*) as account_count,
        sum(arr) as arr
    from account_spine
    group by as_of_date

),

overridden as (

    select
        account_overrides.as_of_date,
        account_overrides.objective_id,
        count(*) as overridden_count,
        sum(account_spine.arr) as overridden_arr
    from account_overrides
    inner join account_spine
        on
            account_overrides.account_id = account_spine.account_id
            and account_overrides.as_of_date = account_spine.as_of_date
    group by account_overrides.as_of_date, account_overrides.objective_id

),

shares as (

    select
        books.as_of_date,
        objectives.objective_id,
        books.account_count,
        books.arr,
        coalesce(overridden.overridden_count, 0) as overridden_count,
        coalesce(overridden.overridden_arr, 0) as overridden_arr,
        coalesce(overridden.overridden_arr, 0) / nullif(books.arr, 0) as arr_share
    from books
    cross join objectives
    left join overridden
        on
            books.as_of_date = overridden.as_of_date
            and objectives.objective_id = overridden.objective_id

),

final as (

    select
        shares.as_of_date,
        shares.objective_id,
        cast(shares.account_count as integer) as account_count,
        cast(shares.overridden_count as integer) as overridden_count,
        shares.arr,
        shares.overridden_arr,
        shares.arr_share,
        override_settings.arr_share_alert,
        coalesce(shares.arr_share > override_settings.arr_share_alert, false) as is_alert
    from shares
    cross join override_settings

)

select * from final
