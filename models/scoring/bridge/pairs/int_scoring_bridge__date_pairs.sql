{{ config(materialized='view') }}

with

account_spine as (

    select * from {{ ref('fct_account_spine') }}

),

numbered_dates as (

    select
        account_id,
        as_of_date,
        row_number() over (partition by account_id order by as_of_date) as date_number
    from account_spine

),

final as (

    select
        later_dates.account_id,
        earlier_dates.as_of_date as since_date,
        later_dates.as_of_date,
        cast(later_dates.date_number - earlier_dates.date_number as integer) as periods_apart
    from numbered_dates as later_dates
    inner join numbered_dates as earlier_dates
        on
            later_dates.account_id = earlier_dates.account_id
            and later_dates.date_number > earlier_dates.date_number

)

select * from final
