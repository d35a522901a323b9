{{ config(
    materialized='incremental',
    meta={'kept_by': {
        'account_id': 'int_changes__billing_accounts',
        'month_end': 'int_changes__months',
    }}
) }}

with

monthly_mrr as (

    select * from {{ ref('int_billing__monthly_mrr') }}

),

kept_months as (

    {{ carried_rows('fct_mrr_movements', {
        'account_id': dbt.type_string(), 'month_end': 'date', 'closing_mrr': 'numeric(18, 4)'
    }) }}

),

{# The months of an account that are not worked out again say as well which one was its first. #}
paid_months as (

    select
        account_id,
        month_end
    from monthly_mrr
    where mrr > 0
    union all
    select
        account_id,
        month_end
    from kept_months
    where
        closing_mrr > 0
        and not {{ is_changed({
            'account_id': 'int_changes__billing_accounts', 'month_end': 'int_changes__months'
        }) }}

),

first_months as (

    select
        account_id,
        min(month_end) as first_month_end
    from paid_months
    group by account_id

),

bucketed_months as (

    select
        monthly_mrr.account_id,
        monthly_mrr.month_end,
        monthly_mrr.first_currency,
        monthly_mrr.last_currency,
        monthly_mrr.price_change,
        monthly_mrr.mrr,
        monthly_mrr.previous_mrr,
        monthly_mrr.mrr_change,
        monthly_mrr.fx_change,
        case
            when
                monthly_mrr.mrr_change > 0
                and monthly_mrr.month_end = first_months.first_month_end
                then 'new'
            when monthly_mrr.mrr_change > 0 and monthly_mrr.previous_mrr <= 0 then 'reactivation'
            when monthly_mrr.mrr_change > 0 then 'expansion'
            when monthly_mrr.mrr_change < 0 and monthly_mrr.mrr <= 0 then 'churn'
            when monthly_mrr.mrr_change < 0 then 'contraction'
        end as movement_type
    from monthly_mrr
    inner join first_months
        on monthly_mrr.account_id = first_months.account_id

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
        mrr != 0
        or previous_mrr != 0

)

select * from final
