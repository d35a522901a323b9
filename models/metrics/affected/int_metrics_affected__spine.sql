{{ config(materialized='view') }}

{%- set dates = ref('int_metrics_affected__dates') %}

with

spine as (

    select * from {{ ref('fct_account_spine') }}

),
{% if carried_database() %}
affected_dates as (

    select * from {{ dates }}

),
{% endif %}
final as (

    select
        spine.account_id,
        spine.as_of_date,
        spine.is_current,
        spine.segment,
        spine.industry,
        spine.region,
        spine.touch_model,
        spine.has_support_entitlement,
        spine.owner_id,
        spine.activity_sync_enabled,
        spine.account_type,
        spine.tenure_days,
        spine.lifecycle_stage,
        spine.is_paying,
        spine.mrr,
        spine.arr,
        spine.seats,
        spine.has_unlimited_seats,
        spine.seat_bucket,
        spine.plan_tier,
        spine.contract_type,
        spine.is_auto_pay,
        spine.has_commitment,
        spine.renewal_on,
        spine.days_to_renewal,
        spine.has_notice,
        spine.is_eligible,
        spine.ineligible_reason,
        spine.peer_industry_segment,
        spine.peer_segment,
        spine.peer_plan_tier,
        spine.peer_seat_bucket
    from spine
    {%- if carried_database() %}
    inner join affected_dates
        on
            spine.account_id = affected_dates.account_id
            and spine.as_of_date = affected_dates.as_of_date
    {%- endif %}

)

select * from final
