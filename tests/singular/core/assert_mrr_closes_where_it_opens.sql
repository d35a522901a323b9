-- A month opens with what the month before closed with, to the cent.
with

movements as (

    select * from {{ ref('fct_mrr_movements') }}

),

ordered_months as (

    select
        account_id,
        month_end,
        opening_mrr,
        lag(closing_mrr) over (partition by account_id order by month_end) as previous_closing_mrr
    from movements

)

select *
from ordered_months
where abs(opening_mrr - coalesce(previous_closing_mrr, 0)) >= 0.005
