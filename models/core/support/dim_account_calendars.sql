with

accounts as (

    select * from {{ ref('dim_accounts') }}

),

business_hours as (

    select * from {{ ref('business_hours') }}

),

default_hours as (

    select *
    from {{ ref('business_hours') }}
    where region = 'default'

),

final as (

    select
        accounts.account_id,
        coalesce(business_hours.time_zone, default_hours.time_zone) as time_zone,
        coalesce(business_hours.opens_at_hour, default_hours.opens_at_hour) as opens_at_hour,
        coalesce(business_hours.closes_at_hour, default_hours.closes_at_hour) as closes_at_hour,
        coalesce(
            business_hours.business_weekdays, default_hours.business_weekdays
        ) as business_weekdays
    from accounts
    cross join default_hours
    left join business_hours on accounts.region = business_hours.region

)

select * from final
