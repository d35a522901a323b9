{%- set window_days = metric_parameter('industry_retention_index', 'window_days') | int -%}
with

spine as (

    select * from {{ ref('fct_account_spine') }}

),

commercial_states as (

    select * from {{ ref('int_metrics_commercial__states') }}

),

active_periods as (

    select * from {{ ref('fct_account_active_periods') }}

),

{# Only churn that was known at the date counts; before, the account is still thought to be ours. #}
churns as (

    select
        spine.account_id,
        spine.as_of_date,
        max(active_periods.churn_date) as churned_on
    from active_periods
    inner join spine
        on
            active_periods.account_id = spine.account_id
            and active_periods.churn_known_at <= spine.as_of_date
            and {{ days_between('active_periods.churn_date', 'spine.as_of_date') }}
            < {{ window_days }}
    where coalesce(active_periods.churn_type, '') != 'migration'
    group by spine.account_id, spine.as_of_date

),

{# Each account that was paying a year ago has been watched for one account-year. #}
outcomes as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.industry,
        case when commercial_states.earlier_mrr > 0 then 1 else 0 end as account_years,
        case
            when commercial_states.earlier_mrr > 0 and churns.churned_on is null then 1 else 0
        end as retained_count
    from spine
    inner join commercial_states
        on
            spine.account_id = commercial_states.account_id
            and spine.as_of_date = commercial_states.as_of_date
    left join churns
        on
            spine.account_id = churns.account_id
            and spine.as_of_date = churns.as_of_date
    where coalesce(spine.account_type, 'customer') = 'customer'

),

industries as (

    select
        as_of_date,
        industry,
        sum(account_years) as account_years,
        sum(retained_count) as retained_count
    from outcomes
    group by as_of_date, industry

),

markets as (

    select
        as_of_date,
        cast(sum(retained_count) as {{ type_double() }})
        / nullif(sum(account_years), 0) as retention
    from industries
    group by as_of_date

),

{# The account's own outcome is left out, or the index would give away what it should foretell. #}
final as (

    select
        spine.account_id,
        spine.as_of_date,
        cast(industries.account_years - coalesce(outcomes.account_years, 0) as bigint)
            as account_years,
        cast(industries.retained_count - coalesce(outcomes.retained_count, 0) as bigint)
            as retained_count,
        markets.retention as market_retention
    from spine
    inner join markets on spine.as_of_date = markets.as_of_date
    inner join industries
        on
            spine.as_of_date = industries.as_of_date
            and spine.industry = industries.industry
    left join outcomes
        on
            spine.account_id = outcomes.account_id
            and spine.as_of_date = outcomes.as_of_date

)

select * from final
