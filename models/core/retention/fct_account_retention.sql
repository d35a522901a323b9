{{ config(
    materialized='incremental',
    meta={'kept_by': {
        'account_id': 'int_changes__accounts',
        'month_end': 'int_changes__months',
    }}
) }}

with

openings as (

    select * from {{ ref('int_retention__openings') }}

),

mrr_movements as (

    select * from {{ ref('fct_mrr_movements') }}

),

account_attributes as (

    select * from {{ ref('int_crm__account_attributes') }}

),

account_cohorts as (

    select * from {{ ref('dim_account_cohorts') }}

),

both_ends as (

    select
        openings.account_id,
        openings.month_end,
        openings.window_months,
        openings.opening_month_end,
        account_cohorts.cohort_starts_on,
        account_attributes.segment,
        openings.opening_mrr,
        cast(coalesce(mrr_movements.closing_mrr, 0) as numeric(18, 4)) as closing_mrr
    from openings
    inner join account_cohorts
        on openings.account_id = account_cohorts.account_id
    left join mrr_movements
        on
            openings.account_id = mrr_movements.account_id
            and openings.month_end = mrr_movements.month_end
    left join account_attributes
        on
            openings.account_id = account_attributes.account_id
            and {{ valid_on('openings.opening_month_end', 'account_attributes') }}
    where
        openings.opening_mrr > 0
        and {{ is_changed({
            'openings.account_id': 'int_changes__accounts',
            'openings.month_end': 'int_changes__months',
        }) }}

),

{# What is kept is capped by account: one that doubled does not make up for one that left. #}
final as (

    select
        account_id,
        month_end,
        window_months,
        opening_month_end,
        cohort_starts_on,
        segment,
        opening_mrr,
        cast(least(opening_mrr, closing_mrr) as numeric(18, 4)) as retained_mrr,
        cast(greatest(closing_mrr - opening_mrr, 0) as numeric(18, 4)) as expansion_mrr,
        cast(
            case when closing_mrr > 0 then least(closing_mrr - opening_mrr, 0) else 0 end
            as numeric(18, 4)
        ) as contraction_mrr,
        cast(case when closing_mrr > 0 then 0 else -opening_mrr end as numeric(18, 4)) as churn_mrr,
        closing_mrr,
        closing_mrr <= 0 as is_lost
    from both_ends

)

select * from final
