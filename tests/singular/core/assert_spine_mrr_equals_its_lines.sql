-- On every scoring date the spine holds the MRR of the lines that stood as known then.
with

accounts as (

    select * from {{ ref('dim_accounts') }}

),

spine_totals as (

    select
        as_of_date,
        sum(mrr) as mrr
    from {{ ref('fct_account_spine') }}
    where mrr is not null
    group by as_of_date

),

line_totals as (

    select
        grid_dates.as_of_date,
        sum(subscription_lines.mrr) as mrr
    from {{ ref('int_crm__scoring_dates') }} as grid_dates
    inner join {{ ref('fct_subscription_lines') }} as subscription_lines
        on
            grid_dates.as_of_date >= subscription_lines.known_on
            and grid_dates.as_of_date
            < coalesce(subscription_lines.ended_known_on, {{ latest_date() }})
    inner join accounts
        on
            subscription_lines.account_id = accounts.account_id
            and grid_dates.as_of_date >= accounts.known_on
    group by grid_dates.as_of_date

)

select
    spine_totals.as_of_date,
    spine_totals.mrr as spine_mrr,
    line_totals.mrr as line_mrr
from spine_totals
left join line_totals
    on spine_totals.as_of_date = line_totals.as_of_date
where abs(spine_totals.mrr - coalesce(line_totals.mrr, 0)) > 0.01
