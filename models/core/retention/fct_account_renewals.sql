with

expiries as (

    select * from {{ ref('int_retention__expiries') }}

),

account_attributes as (

    select * from {{ ref('int_crm__account_attributes') }}

),

account_cohorts as (

    select * from {{ ref('dim_account_cohorts') }}

),

final as (

    select
        expiries.account_id,
        expiries.expired_on,
        account_cohorts.cohort_starts_on,
        account_attributes.segment,
        expiries.expiring_mrr,
        expiries.renewed_mrr,
        expiries.renewed_mrr > 0 as is_renewed
    from expiries
    left join account_cohorts on expiries.account_id = account_cohorts.account_id
    left join account_attributes
        on
            expiries.account_id = account_attributes.account_id
            and {{ valid_on('expiries.expired_on', 'account_attributes') }}

)

select * from final
