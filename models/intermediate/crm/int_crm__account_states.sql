{{ config(materialized='incremental') }}

with

accounts as (

    select * from {{ ref('int_crm__accounts') }}

),

account_attributes as (

    select * from {{ ref('int_crm__account_attributes') }}

),

scoring_dates as (

    select * from {{ ref('int_crm__scoring_dates') }}

),

type_overrides as (

    select * from {{ ref('account_type_overrides') }}

),

contract_states as (

    select * from {{ ref('int_billing__contract_states') }}

),

paying_states as (

    select * from {{ ref('int_billing__paying_states') }}

),

account_evidence as (

    select * from {{ ref('int_crm__account_evidence') }}

),

{#
    Before the first line of anybody was known, billing is a missing source and not a lack of
    customers.
#}
source_starts as (

    select
        min(first_line_known_on) as billing_known_on,
        min(first_evidence_known_on) as evidence_known_on
    from account_evidence

),

account_dates as (

    select
        accounts.account_id,
        scoring_dates.as_of_date,
        scoring_dates.is_current,
        account_attributes.owner_id,
        accounts.created_on,
        coalesce(type_overrides.account_type, accounts.crm_account_type) as account_type,
        coalesce(accounts.merged_on <= scoring_dates.as_of_date, false) as is_merged_away,
        coalesce(source_starts.billing_known_on <= scoring_dates.as_of_date, false)
            as is_billing_known,
        coalesce(source_starts.evidence_known_on <= scoring_dates.as_of_date, false)
            as is_evidence_expected,
        coalesce(account_evidence.first_evidence_known_on <= scoring_dates.as_of_date, false)
            as has_evidence
    from accounts
    inner join scoring_dates
        on accounts.known_on <= scoring_dates.as_of_date
    cross join source_starts
    inner join account_attributes
        on
            accounts.account_id = account_attributes.account_id
            and {{ valid_on('scoring_dates.as_of_date', 'account_attributes') }}
    left join type_overrides
        on
            accounts.account_id = type_overrides.account_id
            and {{ valid_on('scoring_dates.as_of_date', 'type_overrides') }}
    left join account_evidence
        on accounts.account_id = account_evidence.account_id
    where {{ is_changed({
        'accounts.account_id': 'int_changes__accounts',
        'scoring_dates.as_of_date': 'int_changes__scoring_dates',
    }) }}

),

final as (

    select
        account_dates.account_id,
        account_dates.as_of_date,
        account_dates.is_current,
        account_dates.account_type,
        account_dates.owner_id,
        account_dates.is_merged_away,
        account_dates.is_evidence_expected,
        account_dates.has_evidence,
        paying_states.account_id is not null as has_paid,
        case
            when account_dates.is_billing_known
                then coalesce(paying_states.paid_until > account_dates.as_of_date, false)
        end as is_paying,
        coalesce(
            {{ add_days('paying_states.paid_until', setting('churn_gap_days')) }}
            <= account_dates.as_of_date,
            false
        ) as is_churn_known,
        case
            when account_dates.is_billing_known
                then {{ days_between(
                    'paying_states.period_start',
                    'least(account_dates.as_of_date, paying_states.paid_until)'
                ) }}
            else {{ days_between('account_dates.created_on', 'account_dates.as_of_date') }}
        end as tenure_days,
        case when account_dates.is_billing_known then coalesce(contract_states.mrr, 0) end as mrr,
        contract_states.seats,
        coalesce(contract_states.has_unlimited_seats, false) as has_unlimited_seats,
        coalesce(contract_states.has_trial, false) as has_trial,
        contract_states.plan_tier,
        contract_states.contract_type,
        contract_states.is_auto_pay,
        coalesce(contract_states.has_commitment, false) as has_commitment,
        contract_states.renewal_on,
        coalesce(contract_states.has_notice, false) as has_notice
    from account_dates
    left join paying_states
        on
            account_dates.account_id = paying_states.account_id
            and account_dates.as_of_date = paying_states.as_of_date
    left join contract_states
        on
            account_dates.account_id = contract_states.account_id
            and account_dates.as_of_date = contract_states.as_of_date

)

select * from final
