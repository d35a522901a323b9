{{ config(materialized='incremental') }}

with

account_attributes as (

    select * from {{ ref('int_crm__account_attributes') }}

),

account_states as (

    select * from {{ ref('int_crm__account_states') }}
    where {{ is_changed({
        'account_id': 'int_changes__accounts', 'as_of_date': 'int_changes__scoring_dates'
    }) }}

),

lifecycle_rules as (

    select * from {{ ref('lifecycle_rules') }}

),

seat_buckets as (

    select * from {{ ref('seat_buckets') }}

),

{# The first reason that applies is shown, in the order of the seed ineligibility_reasons. #}
judged_states as (

    select
        account_id,
        as_of_date,
        is_current,
        account_type,
        tenure_days,
        is_paying,
        mrr,
        seats,
        has_unlimited_seats,
        plan_tier,
        contract_type,
        is_auto_pay,
        has_commitment,
        renewal_on,
        has_notice,
        case when not has_unlimited_seats then seats end as bucketable_seats,
        case
            when is_merged_away then 'merged_away'
            when account_type in ('internal', 'test', 'partner', 'demo') then 'internal'
            when
                not coalesce(is_paying, false) and not has_paid
                and (has_trial or account_type in ('trial', 'prospect'))
                then 'trial'
            when is_churn_known and has_paid and not is_paying then 'churned'
            when has_paid and not is_paying then 'lapsed_pending'
            when owner_id is null and is_evidence_expected and not has_evidence then 'orphan'
            when not is_paying then 'not_paying'
            when tenure_days < {{ setting('min_tenure_days') }} then 'too_new'
            when has_notice then 'notice'
        end as ineligible_reason
    from account_states

),

{# Ranges are looked up once per value: the spine joins on equal values and stays fast. #}
tenure_stages as (

    select distinct
        account_states.tenure_days,
        lifecycle_rules.lifecycle_stage
    from account_states
    inner join lifecycle_rules
        on
            account_states.tenure_days >= lifecycle_rules.min_tenure_days
            and (
                lifecycle_rules.max_tenure_days is null
                or account_states.tenure_days < lifecycle_rules.max_tenure_days
            )

),

bucketed_seats as (

    select distinct
        account_states.seats,
        seat_buckets.seat_bucket
    from account_states
    inner join seat_buckets
        on
            account_states.seats >= seat_buckets.min_seats
            and (seat_buckets.max_seats is null or account_states.seats < seat_buckets.max_seats)

),

final as (

    select
        judged_states.account_id,
        judged_states.as_of_date,
        judged_states.is_current,
        account_attributes.segment,
        account_attributes.industry,
        account_attributes.region,
        account_attributes.touch_model,
        account_attributes.has_support_entitlement,
        account_attributes.owner_id,
        account_attributes.activity_sync_enabled,
        judged_states.account_type,
        judged_states.tenure_days,
        tenure_stages.lifecycle_stage,
        judged_states.is_paying,
        judged_states.mrr,
        {{ annual_amount('judged_states.mrr') }} as arr,
        judged_states.seats,
        judged_states.has_unlimited_seats,
        bucketed_seats.seat_bucket,
        judged_states.plan_tier,
        judged_states.contract_type,
        judged_states.is_auto_pay,
        judged_states.has_commitment,
        judged_states.renewal_on,
        {{ days_between('judged_states.as_of_date', 'judged_states.renewal_on') }}
            as days_to_renewal,
        judged_states.has_notice,
        judged_states.ineligible_reason is null as is_eligible,
        judged_states.ineligible_reason,
        account_attributes.industry || '|' || account_attributes.segment as peer_industry_segment,
        account_attributes.segment as peer_segment,
        judged_states.plan_tier as peer_plan_tier,
        bucketed_seats.seat_bucket as peer_seat_bucket
    from judged_states
    inner join account_attributes
        on
            judged_states.account_id = account_attributes.account_id
            and {{ valid_on('judged_states.as_of_date', 'account_attributes') }}
    left join tenure_stages
        on judged_states.tenure_days = tenure_stages.tenure_days
    left join bucketed_seats
        on judged_states.bucketable_seats = bucketed_seats.seats

)

select * from final
