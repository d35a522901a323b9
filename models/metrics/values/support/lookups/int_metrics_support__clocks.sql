with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

tickets as (

    select * from {{ ref('fct_tickets') }}

),

ticket_spans as (

    select * from {{ ref('fct_ticket_spans') }}

),

as_of_dates as (

    select distinct as_of_date from spine

),

days_heard as (

    select known_on from tickets
    union distinct
    select known_on from ticket_spans

),

last_heard as (

    select
        as_of_dates.as_of_date,
        max(days_heard.known_on) as support_last_on
    from as_of_dates
    left join days_heard on as_of_dates.as_of_date >= days_heard.known_on
    group by as_of_dates.as_of_date

),

{# A customer without tickets is quiet only if the help desk was heard from at all: nothing from any
   account for this long is a broken feed, not a quiet world. #}
final as (

    select
        as_of_date,
        support_last_on,
        case
            when support_last_on is null then 'never_observed'
            when
                {{ days_between('support_last_on', 'as_of_date') }}
                > {{ metric_parameter('source_clocks', 'late_days') }}
                then 'source_late'
        end as support_hint
    from last_heard

)

select * from final
