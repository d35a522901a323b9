{{ config(materialized='incremental') }}

with

spine as (

    select * from {{ ref('int_metrics_affected__spine') }}

),

industry_outcomes as (

    select * from {{ ref('int_metrics_market__industry_outcomes') }}

),

headcounts as (

    select * from {{ ref('int_metrics_market__headcounts') }}

),

market_events as (

    select * from {{ ref('int_metrics_market__events') }}

),

clocks as (

    select * from {{ ref('int_metrics_sources__clocks') }}

),

facts as (

    select
        spine.account_id,
        spine.as_of_date,
        clocks.billing_last_on,
        clocks.market_last_on,
        headcounts.vintage_date,
        market_events.event_load,
        cast(industry_outcomes.account_years as {{ type_double() }}) as account_years,
        cast(industry_outcomes.retained_count as {{ type_double() }}) as retained_count,
        cast(headcounts.employee_count as {{ type_double() }})
        / nullif(headcounts.base_employee_count, 0) - 1 as headcount_growth,
        nullif(industry_outcomes.market_retention, 0) as market_retention,
        coalesce(
            industry_outcomes.account_years
            >= {{ metric_parameter('industry_retention_index', 'fewest_account_years') }},
            false
        ) as is_industry_known,
        coalesce(clocks.is_billing_late, false) as is_billing_late,
        coalesce(clocks.is_market_late, false) as is_market_late,
        {{ days_between('headcounts.vintage_date', 'spine.as_of_date') }}
        >= {{ metric_parameter('customer_headcount_growth', 'window_days') }} as is_vintage_old,
        {{ days_between('headcounts.base_vintage_date', 'spine.as_of_date') }}
        < {{ metric_parameter('customer_headcount_growth', 'window_days') }}
        + {{ metric_parameter('customer_headcount_growth', 'base_tolerance_days') }} as has_base,
        market_events.last_seen_on is not null as is_covered
    from spine
    left join clocks on spine.as_of_date = clocks.as_of_date
    left join industry_outcomes
        on
            spine.account_id = industry_outcomes.account_id
            and spine.as_of_date = industry_outcomes.as_of_date
    left join headcounts
        on
            spine.account_id = headcounts.account_id
            and spine.as_of_date = headcounts.as_of_date
    left join market_events
        on
            spine.account_id = market_events.account_id
            and spine.as_of_date = market_events.as_of_date

),

{# A vintage older than the window would be its own base, and read as no growth. #}
final as (

    select
        account_id,
        as_of_date,
        case
            when is_industry_known and not is_billing_late
                then (
                    retained_count
                    + {{ metric_parameter('industry_retention_index', 'prior_account_years') }}
                    * market_retention
                ) / (
                    account_years
                    + {{ metric_parameter('industry_retention_index', 'prior_account_years') }}
                ) / market_retention
        end as industry_retention_index_value,
        case
            when is_industry_known and is_billing_late then 'source_late'
        end as industry_retention_index_hint,
        account_years as industry_retention_index_sample,
        case when is_industry_known then billing_last_on end as industry_retention_index_last_on,
        case when has_base and not is_vintage_old then headcount_growth end
            as customer_headcount_growth_value,
        case when is_vintage_old then 'stale' end as customer_headcount_growth_hint,
        cast(null as {{ type_double() }}) as customer_headcount_growth_sample,
        vintage_date as customer_headcount_growth_last_on,
        case
            when is_covered and not is_market_late then coalesce(event_load, 0)
        end as external_event_load_value,
        case when is_covered and is_market_late then 'source_late' end as external_event_load_hint,
        cast(null as {{ type_double() }}) as external_event_load_sample,
        case when is_covered then market_last_on end as external_event_load_last_on
    from facts

)

select * from final
