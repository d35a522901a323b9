{#
    Over one month retention says what the movements say, to the cent. Over any window what the cohort
    closes with, and what the accounts outside of it close with, is the MRR of the whole book.
#}
with

revenue_retention as (

    select * from {{ ref('fct_revenue_retention') }}

),

account_retention as (

    select * from {{ ref('fct_account_retention') }}

),

mrr_movements as (

    select * from {{ ref('fct_mrr_movements') }}

),

windows as (

    select * from {{ ref('int_retention__windows') }}

),

months as (

    select
        month_end,
        sum(opening_mrr + fx_mrr) as opening_mrr,
        sum(expansion_mrr) as expansion_mrr,
        sum(contraction_mrr) as contraction_mrr,
        sum(churn_mrr) as churn_mrr,
        sum(closing_mrr - new_mrr - reactivation_mrr) as closing_mrr,
        count(*) filter (where opening_mrr > 0) as account_count,
        count(*) filter (where churn_mrr < 0) as lost_account_count
    from mrr_movements
    group by month_end

),

wrong_months as (

    select
        months.month_end,
        windows.window_months,
        'movements' as found_in
    from months
    inner join windows
        on
            months.month_end = windows.month_end
            and windows.window_months = 1
    left join revenue_retention
        on
            months.month_end = revenue_retention.month_end
            and windows.window_months = revenue_retention.window_months
            and revenue_retention.breakdown = 'all'
    where
        abs(months.opening_mrr - coalesce(revenue_retention.opening_mrr, 0)) >= 0.005
        or abs(months.expansion_mrr - coalesce(revenue_retention.expansion_mrr, 0)) >= 0.005
        or abs(months.contraction_mrr - coalesce(revenue_retention.contraction_mrr, 0)) >= 0.005
        or abs(months.churn_mrr - coalesce(revenue_retention.churn_mrr, 0)) >= 0.005
        or abs(months.closing_mrr - coalesce(revenue_retention.closing_mrr, 0)) >= 0.005
        or months.account_count != coalesce(revenue_retention.account_count, 0)
        or months.lost_account_count != coalesce(revenue_retention.lost_account_count, 0)

),

account_closings as (

    select
        windows.month_end,
        windows.window_months,
        sum(mrr_movements.closing_mrr) as book_mrr,
        sum(mrr_movements.closing_mrr) filter (where account_retention.account_id is null)
            as outside_mrr
    from windows
    inner join mrr_movements
        on windows.month_end = mrr_movements.month_end
    left join account_retention
        on
            mrr_movements.account_id = account_retention.account_id
            and windows.month_end = account_retention.month_end
            and windows.window_months = account_retention.window_months
    group by windows.month_end, windows.window_months

),

cohort_closings as (

    select
        month_end,
        window_months,
        sum(closing_mrr) as closing_mrr
    from revenue_retention
    where breakdown = 'all'
    group by month_end, window_months

),

wrong_closings as (

    select
        account_closings.month_end,
        account_closings.window_months,
        'closings' as found_in
    from account_closings
    left join cohort_closings
        on
            account_closings.month_end = cohort_closings.month_end
            and account_closings.window_months = cohort_closings.window_months
    where
        abs(
            account_closings.book_mrr
            - coalesce(account_closings.outside_mrr, 0)
            - coalesce(cohort_closings.closing_mrr, 0)
        ) >= 0.005

),

final as (

    select * from wrong_months
    union all
    select * from wrong_closings

)

select * from final
