with

mrr_movements as (

    select * from {{ ref('fct_mrr_movements') }}

),

first_months as (

    select
        account_id,
        min(month_end) as first_month_end
    from mrr_movements
    where closing_mrr > 0
    group by account_id

),

final as (

    select
        account_id,
        first_month_end,
        cast(date_trunc('quarter', first_month_end) as date) as cohort_starts_on
    from first_months

)

select * from final
