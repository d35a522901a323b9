select
    cast(null as varchar) as account_id,
    cast(null as date) as month_end,
    cast(null as varchar) as contract_currency,
    cast(null as numeric(18, 4)) as opening_mrr,
    cast(null as numeric(18, 4)) as new_mrr,
    cast(null as numeric(18, 4)) as reactivation_mrr,
    cast(null as numeric(18, 4)) as expansion_mrr,
    cast(null as numeric(18, 4)) as expansion_price_mrr,
    cast(null as numeric(18, 4)) as contraction_mrr,
    cast(null as numeric(18, 4)) as churn_mrr,
    cast(null as numeric(18, 4)) as fx_mrr,
    cast(null as numeric(18, 4)) as closing_mrr
where false
