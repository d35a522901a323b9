with

expiries as (

    select * from {{ ref('int_retention__expiries') }}

),

mrr_movements as (

    select * from {{ ref('fct_mrr_movements') }}

),

account_attributes as (

    select * from {{ ref('int_crm__account_attributes') }}

),

first_months as (

    select
        account_id,
        cast(date_trunc('quarter', min(month_end)) as date) as cohort_starts_on
    from mrr_movements
    where closing_mrr > 0
    group by account_id

),

final as (

    select
        expiries.account_id,
        expiries.expired_on,
        first_months.cohort_starts_on,
        account_attributes.segment,
        expiries.expiring_mrr,
        expiries.renewed_mrr,
        expiries.renewed_mrr > 0 as is_renewed
    from expiries
    left join first_months on expiries.account_id = first_months.account_id
    left join account_attributes
        on
            expiries.account_id = account_attributes.account_id
            and {{ valid_on('expiries.expired_on', 'account_attributes') }}

)

select * from final
