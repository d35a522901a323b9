with

movements as (

    select * from {{ ref('fct_mrr_movements') }}

),

final as (

    select
        month_end,
        count(*) as account_count,
        sum(opening_mrr) as opening_mrr,
        sum(new_mrr) as new_mrr,
        sum(reactivation_mrr) as reactivation_mrr,
        sum(expansion_mrr) as expansion_mrr,
        sum(contraction_mrr) as contraction_mrr,
        sum(churn_mrr) as churn_mrr,
        sum(fx_mrr) as fx_mrr,
        sum(closing_mrr) as closing_mrr,
        sum(
            closing_mrr - opening_mrr - new_mrr - reactivation_mrr - expansion_mrr
            - contraction_mrr - churn_mrr - fx_mrr
        ) as unexplained_mrr
    from movements
    group by month_end

)

select * from final
