with

monthly_mrr as (

    select * from {{ ref('int_billing__monthly_mrr') }}

),

account_history as (

    select
        account_id,
        month_end,
        first_currency,
        last_currency,
        price_change,
        mrr,
        previous_mrr,
        mrr_change,
        fx_change,
        coalesce(
            max(mrr) over (
                partition by account_id
                order by month_end
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as highest_mrr_before
    from monthly_mrr

),

bucketed_months as (

    select
        account_id,
        month_end,
        first_currency,
        last_currency,
        price_change,
        mrr,
        previous_mrr,
        mrr_change,
        fx_change,
        case
            when mrr_change > 0 and highest_mrr_before <= 0 then 'new'
            when mrr_change > 0 and previous_mrr <= 0 then 'reactivation'
            when mrr_change > 0 then 'expansion'
            when mrr_change < 0 and mrr <= 0 then 'churn'
            when mrr_change < 0 then 'contraction'
        end as movement_type
    from account_history

),

final as (

    select
        account_id,
        month_end,
        case when first_currency = last_currency then first_currency else 'mixed' end
            as contract_currency,
        previous_mrr as opening_mrr,
        {%- for movement_type in ['new', 'reactivation', 'expansion'] %}
        cast(
            case when movement_type = '{{ movement_type }}' then mrr_change else 0 end
            as numeric(18, 4)
        ) as {{ movement_type }}_mrr,
        {%- endfor %}
        cast(
            case
                when movement_type = 'expansion'
                    then least(mrr_change, greatest(coalesce(price_change, 0), 0))
                else 0
            end as numeric(18, 4)
        ) as expansion_price_mrr,
        {%- for movement_type in ['contraction', 'churn'] %}
        cast(
            case when movement_type = '{{ movement_type }}' then mrr_change else 0 end
            as numeric(18, 4)
        ) as {{ movement_type }}_mrr,
        {%- endfor %}
        fx_change as fx_mrr,
        mrr as closing_mrr
    from bucketed_months
    where
        mrr <> 0
        or previous_mrr <> 0

)

select * from final
