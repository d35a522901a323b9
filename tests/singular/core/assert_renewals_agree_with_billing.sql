{# What expires over all time is the MRR of the lines that ended with their term, to the cent; and
   each breakdown of a month's rate is all of it. #}
with

subscription_lines as (

    select * from {{ ref('fct_subscription_lines') }}

),

account_renewals as (

    select * from {{ ref('fct_account_renewals') }}

),

renewal_rates as (

    select * from {{ ref('fct_renewal_rates') }}

),

ended_lines as (

    select
        count(distinct term_ends_on) as day_count,
        sum(cast(mrr as numeric(18, 4))) as expiring_mrr
    from subscription_lines
    where
        mrr > 0
        and not is_trial
        and ends_on = term_ends_on
        and {{ add_days('ends_on', setting('churn_gap_days')) }} <= {{ as_of_date() }}

),

expired as (

    select
        count(distinct expired_on) as day_count,
        sum(expiring_mrr) as expiring_mrr
    from account_renewals

),

breakdown_totals as (

    select
        month_end,
        window_months,
        breakdown,
        sum(expiry_count) as expiry_count,
        sum(expiring_mrr) as expiring_mrr,
        sum(renewed_mrr) as renewed_mrr
    from renewal_rates
    group by month_end, window_months, breakdown

),

faults as (

    select 'lines that ended with their term' as fault
    from ended_lines
    cross join expired
    where
        ended_lines.day_count != expired.day_count
        or ended_lines.expiring_mrr != expired.expiring_mrr
    union all
    select 'breakdowns of ' || cast(month_end as {{ dbt.type_string() }}) as fault
    from breakdown_totals
    group by month_end, window_months
    having
        count(*) != 3
        or min(expiry_count) != max(expiry_count)
        or min(expiring_mrr) != max(expiring_mrr)
        or min(renewed_mrr) != max(renewed_mrr)

)

select fault
from faults
