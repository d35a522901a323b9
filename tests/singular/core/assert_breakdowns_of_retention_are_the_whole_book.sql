-- Segments and cohorts add up to the book, in accounts and to the cent.
with

breakdown_totals as (

    select
        month_end,
        window_months,
        breakdown,
        sum(account_count) as account_count,
        sum(lost_account_count) as lost_account_count,
        sum(opening_mrr) as opening_mrr,
        sum(retained_mrr) as retained_mrr,
        sum(closing_mrr) as closing_mrr
    from {{ ref('fct_revenue_retention') }}
    group by month_end, window_months, breakdown

)

select
    month_end,
    window_months
from breakdown_totals
group by month_end, window_months
having
    count(*) != 3
    or min(account_count) != max(account_count)
    or min(lost_account_count) != max(lost_account_count)
    or min(opening_mrr) != max(opening_mrr)
    or min(retained_mrr) != max(retained_mrr)
    or min(closing_mrr) != max(closing_mrr)
