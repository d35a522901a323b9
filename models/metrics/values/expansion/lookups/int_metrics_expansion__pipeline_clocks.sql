with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

opportunity_spans as (

    select * from {{ ref('fct_opportunity_spans') }}

),

as_of_dates as (

    select distinct as_of_date from spine

),

days_heard as (

    select distinct known_on from opportunity_spans

),

last_heard as (

    select
        as_of_dates.as_of_date,
        max(days_heard.known_on) as pipeline_last_on
    from as_of_dates
    left join days_heard on as_of_dates.as_of_date >= days_heard.known_on
    group by as_of_dates.as_of_date

),

{# No pipeline is a finding only while somebody keeps a pipeline at all. #}
final as (

    select
        as_of_date,
        pipeline_last_on,
        case
            when pipeline_last_on is null then 'never_observed'
            when
                {{ days_between('pipeline_last_on', 'as_of_date') }}
                > {{ metric_parameter('source_clocks', 'late_days') }}
                then 'source_late'
        end as pipeline_hint
    from last_heard

)

select * from final
